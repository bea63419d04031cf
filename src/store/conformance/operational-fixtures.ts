import type { OperationalEventType } from "../../domain/operational-events.ts";
import type { Application } from "../../domain/records.ts";
import { newId } from "../new-id.ts";
import type { AttemptToMake, Store } from "../store.ts";
import {
  aMessage,
  anApplication,
  aRecord,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";

type Told = { readonly type: OperationalEventType; readonly facts: object };

/** A customer of an organization that has an endpoint of its own, which wants these; null: all. */
export async function aToldCustomer(
  store: Store,
  eventTypes: readonly OperationalEventType[] | null = null,
): Promise<Application> {
  const customer = await createApplication(store, { uid: "the-customer" });
  await createOwnEndpoint(store, customer.organizationId, eventTypes);
  return customer;
}

export async function createOwnEndpoint(
  store: Store,
  organizationId: string,
  eventTypes: readonly OperationalEventType[] | null = null,
) {
  const own = await store.applications.ensureOperational(anApplication({ organizationId }));
  return createEndpoint(store, own, { eventTypes });
}

/** What it is to be told, oldest first; it stays to be told. */
export async function toldTo(store: Store, organizationId: string): Promise<readonly Told[]> {
  const all = await store.operationalEvents.take(NOW_MS, 0, 10_000);
  return all.filter((one) => one.organizationId === organizationId).map(({ event }) => event);
}

export async function typesToldTo(
  store: Store,
  { organizationId }: Application,
): Promise<readonly OperationalEventType[]> {
  return (await toldTo(store, organizationId)).map(({ type }) => type);
}

/** The first attempt of a message for the customer's endpoint, which nobody is told was made. */
export async function acceptFor(store: Store, customer: Application): Promise<AttemptToMake> {
  const [attempt] = attemptsOf(
    await store.accept(aMessage(customer, { eventId: newId("msg", 1) })),
  );
  if (attempt === undefined) throw new Error("no attempt to make");
  return attempt;
}

export async function failTimes(
  store: Store,
  attempt: AttemptToMake,
  ...numbers: readonly number[]
): Promise<void> {
  for (const attemptNumber of numbers) await store.record(aRecord({ ...attempt, attemptNumber }));
}

export async function succeedAt(
  store: Store,
  attempt: AttemptToMake,
  attemptNumber: number,
): Promise<void> {
  await store.record(aSuccess({ ...attempt, attemptNumber }));
}
