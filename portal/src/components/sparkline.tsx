import classes from "./sparkline.module.css";

type SparklineProps = {
  readonly success: readonly number[];
  readonly failure: readonly number[];
  /** What it says to those who do not see it: "14 succeeded, 2 failed in the last 24 hours". */
  readonly label: string;
};

const WIDTH = 132;
const HEIGHT = 28;
const GAP = 2;
const BAR_HEIGHT_MIN = 2.5;

/** One bar for each period: what succeeded, and on top of it what failed. */
export function Sparkline({ success, failure, label }: SparklineProps) {
  const step = WIDTH / Math.max(1, success.length);
  const most = Math.max(1, ...success.map((count, i) => count + (failure[i] ?? 0)));
  const heightOf = (count: number): number =>
    count === 0 ? 0 : Math.max(BAR_HEIGHT_MIN, (count / most) * (HEIGHT - BAR_HEIGHT_MIN));
  return (
    <svg
      className={classes["line"]}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {success.map((count, i) => (
        <Bar
          key={i * step}
          x={i * step}
          width={step - GAP}
          good={heightOf(count)}
          bad={heightOf(failure[i] ?? 0)}
        />
      ))}
    </svg>
  );
}

type BarProps = {
  readonly x: number;
  readonly width: number;
  readonly good: number;
  readonly bad: number;
};

function Bar({ x, width, good, bad }: BarProps) {
  const top = HEIGHT - good;
  if (good + bad === 0) {
    return <rect className={classes["none"]} x={x} y={HEIGHT - 1.5} width={width} height={1.5} />;
  }
  return (
    <>
      {good > 0 && (
        <rect className={classes["good"]} x={x} y={top} width={width} height={good} rx={1} />
      )}
      {bad > 0 && (
        <rect className={classes["bad"]} x={x} y={top - bad} width={width} height={bad} rx={1} />
      )}
    </>
  );
}
