import type { ReactNode } from "react";
import classes from "./framed-list.module.css";

type FramedListProps = {
  readonly label: string;
  /** `<li>`s. */
  readonly children: ReactNode;
};

/** Things of one kind that are too different for the columns of a table. */
export function FramedList({ label, children }: FramedListProps) {
  return (
    <ul className={classes["list"]} aria-label={label}>
      {children}
    </ul>
  );
}
