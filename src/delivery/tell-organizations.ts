import type { Logger } from "pino";
import { operationalPayload } from "../domain/operational-events.ts";
import type { KeptOperationalEvent } from "../store/catalogue-operational.ts";
import type { Catalogue } from "../store/catalogue.ts";
import type { Accept } from "./accept.ts";
import { startRounds, type Rounds } from "./rounds.ts";

export type TellOrganizationsDeps = {
  readonly store: {
    readonly operationalEvents: Catalogue["operationalEvents"];
    readonly applications: Pick<Catalogue["applications"], "findOperational">;
  };
  readonly accept: Accept;
  readonly logger: Logger;
  readonly intervalMs?: number;
};

const INTERVAL_MS = 250;
/** As long as there is nothing to tell, each rest is longer than the one before, up to this. */
const REST_MS_MAX = 2_000;
/** Messages that are accepted side by side. */
const ROWS_MAX = 50;
/** Within this they are told, or the process is gone. */
const TAKEN_MS = 30_000;
const RETENTION_MS = 90 * 86_400_000;

/**
 * Sends organizations what they are to be told: each as a message to their own endpoints, by the
 * engine that delivers their customers'. One that a process left behind, accepted or not, is taken up
 * by another, and is accepted once: its id is the message's event id.
 */
export function startTellingOrganizations(deps: TellOrganizationsDeps): Rounds {
  let restMs = 0;
  const round = async (signal: AbortSignal): Promise<void> => {
    try {
      const hasTold = await tellWaiting(deps, signal);
      restMs = hasTold ? 0 : Math.min(REST_MS_MAX, restMs + INTERVAL_MS);
    } catch (error) {
      // What was taken is taken again, later.
      restMs = REST_MS_MAX;
      deps.logger.warn({ err: error }, "could not send operational webhooks");
    }
  };
  return startRounds(round, () => deps.intervalMs ?? restMs + INTERVAL_MS);
}

/** Answers whether there were any. */
async function tellWaiting(deps: TellOrganizationsDeps, signal: AbortSignal): Promise<boolean> {
  const { operationalEvents } = deps.store;
  let total = 0;
  let taken: readonly KeptOperationalEvent[];
  do {
    const nowMs = Date.now();
    taken = await operationalEvents.take(nowMs, nowMs + TAKEN_MS, ROWS_MAX);
    await tellAll(deps, taken);
    total += taken.length;
  } while (taken.length === ROWS_MAX && !signal.aborted);
  return total > 0;
}

/** Forgets those that it could tell. Throws if there are others. */
async function tellAll(
  deps: TellOrganizationsDeps,
  taken: readonly KeptOperationalEvent[],
): Promise<void> {
  const ids = [...new Set(taken.map(({ organizationId }) => organizationId))];
  const owns = await Promise.all(ids.map(deps.store.applications.findOperational));
  const ownIds = new Map(ids.map((id, i) => [id, owns[i]?.id]));
  const tellings = await Promise.allSettled(
    taken.map(async (kept) => {
      const ownId = ownIds.get(kept.organizationId);
      if (ownId !== undefined) await send(deps, kept, ownId);
    }),
  );
  const told = taken.filter((_kept, i) => tellings[i]?.status === "fulfilled");
  await deps.store.operationalEvents.forget(told.map(({ id }) => id));
  const failed = tellings.find((telling) => telling.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function send(
  { accept, logger }: TellOrganizationsDeps,
  { id, organizationId, event }: KeptOperationalEvent,
  application: string,
): Promise<void> {
  const { kind } = await accept({
    organizationId,
    application,
    applicationKind: "operational",
    eventType: event.type,
    eventId: `operational-${id}`,
    channels: null,
    tags: null,
    payload: Buffer.from(JSON.stringify(operationalPayload(event))),
    contentType: null,
    deliverAtMs: null,
    payloadExpiresAtMs: Date.now() + RETENTION_MS,
    recipients: "subscribed",
    idempotencyKey: null,
  });
  if (kind === "accepted" || kind === "event_id_taken") return;
  logger.warn(
    { organizationId, eventType: event.type, kind },
    "an operational webhook is not sent",
  );
}
