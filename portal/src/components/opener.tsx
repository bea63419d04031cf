import { UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./opener.module.css";

type OpenerProps = {
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** The id of what it opens, which is there while it is open. */
  readonly controls: string;
  /** How it is laid out. */
  readonly className: string | undefined;
  readonly children: ReactNode;
};

/** A row that opens and closes what is below it. */
export function Opener({ isOpen, onToggle, controls, className = "", children }: OpenerProps) {
  return (
    <UnstyledButton
      className={`${classes["opener"]} ${className}`}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      onClick={onToggle}
    >
      <IconChevronRight size={15} className={classes["chevron"] ?? ""} aria-hidden />
      {children}
    </UnstyledButton>
  );
}
