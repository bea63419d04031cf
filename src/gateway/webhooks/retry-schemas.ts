import { z } from "zod";
import { DEFAULT_BACKOFF } from "../../domain/backoff.ts";
import { parseDurationMs } from "../../domain/duration.ts";
import { RETRIES_MAX, WAIT_MS_MAX } from "../../domain/retry-schedule.ts";

const FACTOR_MAX = 100;
const TEXT_LENGTH_MAX = 20;
const WAIT_TEXT = 'Input should be a wait of at most 30 days: milliseconds, or text such as "30s"';

const WAIT = z
  .union([z.int(), z.string().max(TEXT_LENGTH_MAX)], { error: WAIT_TEXT })
  .refine((wait) => isWait(waitMs(wait)), { error: WAIT_TEXT });

const WAIT_MS = z.int().min(0).max(WAIT_MS_MAX);

const ATTEMPTS = z
  .int()
  .min(1)
  .max(RETRIES_MAX + 1)
  .describe("All of them, the first included");

const FIELDS = {
  attempts: ATTEMPTS.optional(),
  schedule: z
    .array(WAIT)
    .max(RETRIES_MAX)
    .optional()
    .describe(
      "The waits between attempts, in milliseconds or as text (500ms, 5s, 30m, 2h, 1d). The last " +
        "one is repeated where attempts asks for more",
    ),
  initialMs: WAIT_MS.optional().describe("The first wait, where there is no schedule"),
  factor: z.number().min(1).max(FACTOR_MAX).optional().describe("By which each wait is longer"),
  maxMs: WAIT_MS.optional().describe("The longest wait"),
};

const BACKOFF_FIELDS = ["initialMs", "factor", "maxMs"] as const;

/** Either a schedule, or what it is computed from. */
export const RETRY_IN = z
  .strictObject(FIELDS)
  .superRefine((retry, context) => {
    for (const [field, message] of faultsOf(retry)) {
      context.addIssue({ code: "custom", message, path: [field] });
    }
  })
  .meta({ id: "WebhookRetryIn" });

export type RetryGiven = z.output<typeof RETRY_IN>;

export const RETRY_OUT = z
  .object({
    ...FIELDS,
    waitsMs: z
      .array(z.int())
      .readonly()
      .describe("What follows from it: the wait before each retry"),
  })
  .meta({ id: "WebhookRetryOut" });

export function waitMs(wait: number | string): number | undefined {
  return typeof wait === "number" ? wait : parseDurationMs(wait);
}

function isWait(wait: number | undefined): boolean {
  return wait !== undefined && wait >= 0 && wait <= WAIT_MS_MAX;
}

type Fault = readonly [field: string, message: string];

function faultsOf(retry: z.output<z.ZodObject<typeof FIELDS>>): readonly Fault[] {
  const { attempts, schedule, initialMs = DEFAULT_BACKOFF.initialMs, maxMs } = retry;
  if (schedule === undefined) {
    if (maxMs === undefined || initialMs <= maxMs) return [];
    return [["maxMs", `Input should be at least the first wait, ${initialMs}`]];
  }
  const mixed = BACKOFF_FIELDS.filter((field) => retry[field] !== undefined);
  const faults = mixed.map((field): Fault => [field, "Input should be left out beside a schedule"]);
  if (attempts === undefined) return faults;
  if (schedule.length >= attempts) {
    faults.push([
      "schedule",
      `Input should have at most ${attempts - 1} waits for ${attempts} attempts`,
    ]);
  } else if (schedule.length === 0 && attempts > 1) {
    faults.push(["schedule", "Input should have at least 1 wait where there are retries"]);
  }
  return faults;
}
