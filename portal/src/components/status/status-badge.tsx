import classes from "./status.module.css";

export type Tone = "success" | "fail" | "wait" | "quiet";

/** What a delivery, an attempt or an endpoint may be, in the words of its reader. */
const STATUSES = {
  success: { tone: "success", label: "Succeeded" },
  fail: { tone: "fail", label: "Failed" },
  pending: { tone: "wait", label: "Pending" },
  sending: { tone: "wait", label: "Retrying" },
  canceled: { tone: "quiet", label: "Canceled" },
  enabled: { tone: "success", label: "Enabled" },
  failing: { tone: "wait", label: "Failing" },
  disabled: { tone: "quiet", label: "Disabled" },
  disabledByFailure: { tone: "fail", label: "Disabled: it kept failing" },
  gone: { tone: "fail", label: "Disabled: it answered 410" },
  running: { tone: "wait", label: "Running" },
  finished: { tone: "success", label: "Finished" },
} as const satisfies Readonly<Record<string, { readonly tone: Tone; readonly label: string }>>;

export type Status = keyof typeof STATUSES;

type StatusBadgeProps = {
  readonly status: Status;
  /** Instead of the status's own word. */
  readonly label?: string;
};

export function StatusBadge({ status, label }: StatusBadgeProps) {
  return <Pill tone={STATUSES[status].tone}>{label ?? STATUSES[status].label}</Pill>;
}

type PillProps = { readonly tone: Tone; readonly children: string };

/** A state's colour, with its word: nobody has to tell colours apart. */
export function Pill({ tone, children }: PillProps) {
  return (
    <span className={classes["pill"]} data-tone={tone}>
      <span className={classes["dot"]} aria-hidden />
      {children}
    </span>
  );
}
