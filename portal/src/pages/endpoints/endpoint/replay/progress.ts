import { countWords } from "../../../../components/numbers.ts";
import type { ReplayTaskOut } from "../../../../api/schema.d.ts";

type Task = Pick<ReplayTaskOut, "status" | "data">;

/** In percent; undefined while it is not known how much there is. */
export function progressOf(
  { status, data }: Task,
  expected: number | undefined,
): number | undefined {
  if (status !== "running") return 100;
  if (expected === undefined || expected === 0) return undefined;
  // What fits has become more or less meanwhile: it is not over before it is.
  return Math.min(99, Math.round(((data.sent + data.skipped) / expected) * 100));
}

/** What came of it. */
export function endWords({ status, data }: Task): string {
  const { sent, succeeded, failed, error } = data;
  if (status === "failed") return error === undefined ? "It stopped." : `It stopped. ${error}`;
  if (sent === 0) return "Finished: there was nothing to send.";
  const begunAnew = sent - succeeded - failed;
  const rest = begunAnew > 0 ? `, ${countWords(begunAnew)} being tried` : "";
  return `Finished: ${countWords(succeeded)} succeeded, ${countWords(failed)} failed${rest}.`;
}
