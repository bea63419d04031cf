import type { DeliveryState } from "../../domain/delivery.ts";
import { lowestIdAt } from "../../domain/ids.ts";
import type { Application } from "../../domain/records.ts";
import type { NewEndpoint } from "../catalogue.ts";
import type { MessageScan, Scanned } from "../catalogue-tasks.ts";
import { newId } from "../new-id.ts";
import type { AttemptToMake, NewMessage, Store } from "../store.ts";
import {
  aMessage,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

export const ALL: Omit<MessageScan, "after"> = {
  idFrom: lowestIdAt("msg", NOW_MS - 1_000_000),
  idBelow: lowestIdAt("msg", NOW_MS + 1_000_000),
  idsMax: 3,
};

type Sent = {
  readonly application: Application;
  readonly endpoint: NewEndpoint;
  readonly attempts: readonly AttemptToMake[];
};

/** All pages. */
export async function all(
  find: (scan: MessageScan) => Promise<Scanned>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: string | null = ""; after !== null;) {
    const page: Scanned = await find({ ...ALL, after });
    found.push(...page.ids);
    after = page.scannedTo;
  }
  return found;
}

/** A message for each state that its only delivery is to have, oldest first. */
export async function sendEach(store: Store, states: readonly DeliveryState[]): Promise<Sent> {
  const application = await createApplication(store);
  const endpoint = await createEndpoint(store, application);
  const attempts: AttemptToMake[] = [];
  for (const [i, state] of states.entries()) {
    const made = await sendOne(store, application, {}, i);
    attempts.push(...made);
    const succeeded = state === "succeeded";
    const statusCode = succeeded ? 204 : 500;
    for (const one of made) {
      const id = newId("atmpt", NOW_MS - 1_000);
      await store.record(aRecord(one, { id, state, succeeded, statusCode }));
    }
  }
  return { application, endpoint, attempts };
}

export async function sendOne(
  store: Store,
  application: Application,
  changes: Partial<NewMessage>,
  order = 500,
): Promise<readonly AttemptToMake[]> {
  const id = newId("msg", NOW_MS + 10 * order);
  return attemptsOf(await store.accept(aMessage(application, { id, ...changes })));
}

export function idsOf(attempts: readonly AttemptToMake[]): readonly string[] {
  return attempts.map(({ messageId }) => messageId);
}
