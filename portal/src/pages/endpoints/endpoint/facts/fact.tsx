import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./facts.module.css";

type FactProps = {
  readonly label: string;
  /** How it is changed, where that may be. */
  readonly edit?: { readonly what: string; readonly onEdit: () => void };
  readonly children: ReactNode;
};

export function Fact({ label, edit, children }: FactProps) {
  return (
    <div>
      <dt className={classes["label"]}>
        {label}
        {edit !== undefined && (
          <Tooltip label={`Edit ${edit.what}`}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Edit ${edit.what}`}
              onClick={edit.onEdit}
            >
              <IconPencil size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </dt>
      <dd className={classes["value"]}>{children}</dd>
    </div>
  );
}
