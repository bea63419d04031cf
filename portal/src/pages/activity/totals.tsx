import { percentWords } from "../../components/percent.ts";
import classes from "./activity.module.css";
import type { totalsOf } from "./series.ts";

type TotalsProps = { readonly totals: ReturnType<typeof totalsOf> };

const COUNT = new Intl.NumberFormat("en");
export function Totals({ totals: { attempts, succeeded, failed, errorRate } }: TotalsProps) {
  return (
    <dl className={classes["totals"]}>
      <Total label="Attempts" value={COUNT.format(attempts)} />
      <Total label="Succeeded" value={COUNT.format(succeeded)} tone="success" />
      <Total label="Failed" value={COUNT.format(failed)} tone="fail" />
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
