import classes from "./sparkline.module.css";

type SparklineProps = {
  readonly success: readonly number[];
  readonly failure: readonly number[];
  /** What it says to those who do not see it: "14 succeeded, 2 failed in the last 24 hours". */
  readonly label: string;
};

const HEIGHT = 28;
const BAR = 3;
const GAP = 1.5;
const BAR_HEIGHT_MIN = 2;

/** One bar for each period: what succeeded, and on top of it what failed. */
export function Sparkline({ success, failure, label }: SparklineProps) {
  const width = success.length * (BAR + GAP) - GAP;
  const most = Math.max(1, ...success.map((count, i) => count + (failure[i] ?? 0)));
  const heightOf = (count: number): number =>
    count === 0 ? 0 : Math.max(BAR_HEIGHT_MIN, (count / most) * (HEIGHT - 2));
  return (
    <svg
      className={classes["line"]}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      {success.map((count, i) => {
        const x = i * (BAR + GAP);
        const [good, bad] = [heightOf(count), heightOf(failure[i] ?? 0)];
        const isNone = good + bad === 0;
        return (
          <g key={x}>
            {isNone && (
              <rect className={classes["none"]} x={x} y={HEIGHT - 2} width={BAR} height={1.5} />
            )}
            <rect
              className={classes["good"]}
              x={x}
              y={HEIGHT - good}
              width={BAR}
              height={good}
              rx={1}
            />
            <rect
              className={classes["bad"]}
              x={x}
              y={HEIGHT - good - bad}
              width={BAR}
              height={bad}
              rx={1}
            />
          </g>
        );
      })}
    </svg>
  );
}
