import type { CSSProperties, ReactNode } from "react";
import classes from "./columns.module.css";

type ColumnsProps = {
  readonly asideWidthPx: number;
  /** The page's content, then what stands beside it; on narrow screens below it. */
  readonly children: ReactNode;
};

export function Columns({ asideWidthPx, children }: ColumnsProps) {
  const style = { "--aside-width": `${asideWidthPx}px` } as CSSProperties;
  return (
    <div className={classes["columns"]} style={style}>
      {children}
    </div>
  );
}
