import { countWords, percentWords } from "../../components/numbers.ts";
import classes from "./activity.module.css";
import type { totalsOf } from "./series.ts";

type TotalsProps = { readonly totals: ReturnType<typeof totalsOf> };

export function Totals({ totals: { attempts, succeeded, failed, errorRate } }: TotalsProps) {
  return (
    <dl className={classes["totals"]}>
      <Total label="Attempts" value={countWords(attempts)} />
      <Total label="Succeeded" value={countWords(succeeded)} tone="success" />
      <Total label="Failed" value={countWords(failed)} tone="fail" />
      <Total label="Error rate" value={percentWords(errorRate ?? 0)} />
    </dl>
  );
}

type TotalProps = {
  readonly label: string;
  readonly value: string;
  readonly tone?: "success" | "fail";
};

function Total({ label, value, tone }: TotalProps) {
  return (
    <div className={classes["total"]}>
      <dt data-tone={tone}>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
