import type { Logger } from "pino";
import type { Metrics } from "../../delivery/metrics.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import type { RecentSettings } from "../../store/recent-settings.ts";
import { createRecentlyUsed } from "../../store/recently-used.ts";
import { invalid } from "../http/problem.ts";
import { invalidFieldOf, type PayloadFault } from "./payload-faults.ts";
import { createRecentSchemas } from "./recent-schemas.ts";
import type { Verdict } from "./payload-schema.ts";
import { createSlowTime, SLOW_TIME_TEXT } from "./slow-time.ts";

export type PayloadToCheck = {
  readonly organizationId: string;
  readonly eventType: string;
  readonly payload: unknown;
  /** How long it is as JSON. */
  readonly payloadBytes: number;
};

/**
 * Whether a payload is as the newest schema of its event type says, where the organization wants to
 * know. Answers the headers that warn of what is sent all the same. Throws a ProblemError (422) that
 * names each wrong place, where such payloads are to be refused.
 */
export type CheckPayload = (asked: PayloadToCheck) => Promise<PayloadWarning>;

export type PayloadWarning = { readonly "posthorn-payload-warning"?: string };

export type CheckPayloadDeps = Pick<Catalogue, "eventTypes"> & {
  readonly recentSettings: RecentSettings;
  readonly metrics: Pick<Metrics, "payloadFaults">;
  readonly logger: Logger;
};

type Sayable = Pick<PayloadToCheck, "organizationId" | "eventType">;

const NO_WARNING: PayloadWarning = {};
/** Each event type has one line in the log in so long. */
const LOG_EVERY_MS = 60_000;
const LOGGED_MAX = 10_000;
const WARNING_LENGTH_MAX = 500;

export function createCheckPayload(deps: CheckPayloadDeps): CheckPayload {
  const { recentSettings, metrics } = deps;
  const slowTime = createSlowTime();
  const schemaOf = createRecentSchemas(deps.eventTypes, slowTime);
  const log = createLog(deps.logger);

  async function verdictOn({ organizationId, ...asked }: PayloadToCheck): Promise<Verdict> {
    if (slowTime.isUsedUp(organizationId)) return { kind: "unchecked", why: SLOW_TIME_TEXT };
    const schema = await schemaOf(organizationId, asked.eventType);
    if (schema === null) return { kind: "valid" };
    const check = () => schema.check(asked.payload, asked.payloadBytes);
    return slowTime.measured(organizationId, check);
  }

  return async (asked) => {
    const { organizationId, eventType } = asked;
    const { payloadValidation } = await recentSettings(organizationId);
    if (payloadValidation === "off") return NO_WARNING;
    const verdict = await verdictOn(asked);
    if (verdict.kind === "valid") return NO_WARNING;

    if (verdict.kind === "unchecked") {
      metrics.payloadFaults.inc({ result: "unchecked" });
      log({ organizationId, eventType }, `a payload could not be checked: ${verdict.why}`);
      return warning(`not checked: ${verdict.why}`);
    }
    if (payloadValidation === "reject") {
      metrics.payloadFaults.inc({ result: "rejected" });
      throw invalid(verdict.faults.map(invalidFieldOf));
    }
    metrics.payloadFaults.inc({ result: "warned" });
    log({ organizationId, eventType }, "a payload is not as the schema of its event type says");
    return warning(summary(verdict.faults));
  };
}

function summary(faults: readonly PayloadFault[]): string {
  const [first] = faults.map(invalidFieldOf);
  const more = faults.length === 1 ? "" : ` (and ${faults.length - 1} more)`;
  return `${first?.msg ?? ""}${more}`;
}

/** A header has room for a line of ASCII; names in payloads are anything. */
function warning(text: string): PayloadWarning {
  const ascii = text.slice(0, WARNING_LENGTH_MAX).replaceAll(/[^\x20-\x7e]/g, "?");
  return { "posthorn-payload-warning": ascii };
}

/** Says nothing of payloads: what is wrong with one is in the answer to whoever sent it. */
function createLog(logger: Logger): (about: Sayable, text: string) => void {
  const logged = createRecentlyUsed<number>(LOGGED_MAX);
  return (about, text) => {
    const key = `${about.organizationId} ${about.eventType}`;
    const nowMs = performance.now();
    const beforeMs = logged.get(key);
    if (beforeMs !== undefined && nowMs - beforeMs < LOG_EVERY_MS) return;
    logged.set(key, nowMs, 1);
    logger.warn(about, text);
  };
}
