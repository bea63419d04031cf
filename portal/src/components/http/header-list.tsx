import { Text } from "@mantine/core";
import classes from "./header-list.module.css";

type HeaderListProps = {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Names of those whose values are not shown. */
  readonly hidden?: readonly string[];
  /** Whose: "the request". */
  readonly of: string;
};

/** Headers as they were sent or received. */
export function HeaderList({ headers, hidden = [], of }: HeaderListProps) {
  const shown = [...headers, ...hidden.map((name) => [name, undefined] as const)];
  if (shown.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        There are none to show.
      </Text>
    );
  }
  return (
    <dl className={classes["list"]} aria-label={`Headers of ${of}`}>
      {shown.map(([name, value], i) => (
        // The same name may come twice.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={`${name} ${i}`} className={classes["header"]}>
          <dt>{name}</dt>
          <dd>{value ?? <i>not shown</i>}</dd>
        </div>
      ))}
    </dl>
  );
}
