import { rem, Table } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";
import classes from "./table.module.css";

export type Column<Row> = {
  /** The column's head; also what assistive technology says of its cells. */
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  readonly width?: number | string;
  readonly align?: "left" | "right";
  /** On narrow screens the column is left out: what matters most has to fit. */
  readonly isMinor?: boolean;
  /** Its head is only for those who do not see it. */
  readonly isHeadHidden?: boolean;
};

export type Density = "comfortable" | "compact";

export type DataTableProps<Row> = {
  /** What is listed: "Endpoints". */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What a click anywhere in a row does. Its first cell should have a link to the same. */
  readonly onOpen?: (row: Row) => void;
  /** A `RowMenu`, at the end of each row. */
  readonly menu?: (row: Row) => ReactNode;
  readonly density?: Density;
};

/** Rows of one kind. Arrow keys go from row to row, along what the first cells link to. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, menu, density = "comfortable" } = props;
  return (
    <div className={classes["frame"]}>
      <Table
        aria-label={label}
        verticalSpacing={density === "compact" ? 6 : 12}
        highlightOnHover={props.onOpen !== undefined}
        onKeyDown={moveByArrows}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Head key={column.label} column={column} />
            ))}
            {menu !== undefined && (
              <Table.Th w={48} className={classes["head"]}>
                <span className={classes["hidden"]}>Actions</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={keyOf(row)} row={row} {...props} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Head<Row>({ column }: { readonly column: Column<Row> }) {
  const { label, width, align, isMinor, isHeadHidden } = column;
  return (
    <Table.Th
      className={classes["head"]}
      data-minor={isMinor}
      {...(width !== undefined && { __vars: { "--column-width": rem(width) } })}
      {...(align !== undefined && { ta: align })}
    >
      <span className={isHeadHidden === true ? classes["hidden"] : undefined}>{label}</span>
    </Table.Th>
  );
}

function Row<Row>({ row, columns, onOpen, menu }: DataTableProps<Row> & { readonly row: Row }) {
  return (
    // The keyboard opens a row by the link in its first cell.
    <Table.Tr
      data-clickable={onOpen !== undefined}
      className={classes["row"]}
      {...(onOpen !== undefined && {
        onClick: (event) => {
          if (!isOfItsOwn(event.target)) onOpen(row);
        },
      })}
    >
      {columns.map((column) => (
        <Table.Td
          key={column.label}
          data-minor={column.isMinor}
          {...(column.align !== undefined && { ta: column.align })}
        >
          {column.cell(row)}
        </Table.Td>
      ))}
      {menu !== undefined && <Table.Td ta="right">{menu(row)}</Table.Td>}
    </Table.Tr>
  );
}

/** A link or a button in the row does its own; and whoever selects text does not want to go. */
function isOfItsOwn(target: EventTarget): boolean {
  const isControl =
    target instanceof Element && target.closest("a, button, input, [role=menu]") !== null;
  return isControl || (getSelection()?.toString() ?? "") !== "";
}

/** What opens a row is a link, or does as if it were one. */
const ROW_LINKS = "tbody td:first-child :is(a, [data-row-link])";
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

function moveByArrows(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(ROW_LINKS)];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = at === -1 ? undefined : links[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
