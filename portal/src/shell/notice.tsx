import type { ReactNode } from "react";
import classes from "./frame.module.css";

type NoticeProps = { readonly tone: "wait" | "quiet"; readonly children: ReactNode };

/** A ribbon above everything, about the whole session. */
export function Notice({ tone, children }: NoticeProps) {
  return (
    <aside className={classes["notice"]} data-tone={tone} aria-label="About this session">
      {children}
    </aside>
  );
}
