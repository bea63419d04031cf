import type { AttemptQuery, EndpointMessageQuery, MessageQuery, PageQuery } from "../catalogue.ts";
import { newId } from "../new-id.ts";
import type { NewMessage, Store } from "../store.ts";
import type { Opened } from "./test-database.ts";
import {
  acceptOne,
  aMessage,
  aRecord,
  aSuccess,
  attemptsOf,
  createApplication,
  createEndpoint,
} from "./fixtures.ts";
import { keys, pageCases, TIMES_MS, type List } from "./pages.ts";

const CONTENT = { withPayload: false, withResponse: false, withMessage: false };
/** Named twice, an event type's rows must not come twice. */
const TYPES = ["letter.sent", "parcel.sent", "letter.sent", "none.such"];
const NORTH = { channels: ["north", "south"], tags: ["vip"] };

/** What a page's rows differ in; the filter finds all of them, and none of the others. */
const LISTS: readonly List[] = [
  { name: "messages of several event types", fill: fillMessages({ eventTypes: TYPES }) },
  { name: "messages of a channel", fill: fillMessages({ channel: "north" }) },
  {
    name: "messages of a tag and event types",
    fill: fillMessages({ tag: "vip", eventTypes: TYPES }),
  },
  { name: "an endpoint's messages, of all statuses", fill: fillEndpointMessages({}) },
  { name: "of several event types", fill: fillEndpointMessages({ eventTypes: TYPES }) },
  { name: "of a channel and a tag", fill: fillEndpointMessages({ channel: "north", tag: "vip" }) },
  { name: "an endpoint's attempts, of all statuses", fill: fillAttempts({}) },
  { name: "attempts that failed", fill: fillAttempts({ succeeded: false }) },
  { name: "attempts of several event types", fill: fillAttempts({ eventTypes: TYPES }) },
  { name: "attempts of a tag", fill: fillAttempts({ tag: "vip" }) },
  {
    name: "attempts of a channel that failed",
    fill: fillAttempts({ channel: "south", succeeded: false }),
  },
];

export function filteredPageCases(opened: () => Opened): void {
  pageCases(opened, LISTS);
}

function found(i: number): Partial<NewMessage> {
  return { ...NORTH, eventType: i % 2 === 0 ? "letter.sent" : "parcel.sent" };
}

const OTHER = { eventType: "letter.lost", channels: ["west"], tags: ["late"] };

function fillMessages(filter: Partial<MessageQuery>) {
  return async (store: Store) => {
    const application = await createApplication(store);
    for (const [i, timeMs] of TIMES_MS.entries()) {
      for (const changes of [found(i), OTHER]) {
        await store.accept(aMessage(application, { id: newId("msg", timeMs), ...changes }));
      }
    }
    return async (page: PageQuery) => {
      const query = { ...CONTENT, ...filter, ...page };
      return keys(await store.messages.list(application.id, query), ({ id }) => id);
    };
  };
}

/** Succeeded, failed, being retried, not attempted so far, and succeeded again. */
function fillEndpointMessages(filter: Partial<EndpointMessageQuery>) {
  return async (store: Store) => {
    const application = await createApplication(store);
    const endpoint = await createEndpoint(store, application);
    const others = await createEndpoint(store, application, { channels: ["west"] });
    for (const [i, timeMs] of TIMES_MS.entries()) {
      const message = aMessage(application, { id: newId("msg", timeMs), ...found(i) });
      const [attempt] = attemptsOf(await store.accept(message));
      if (attempt === undefined) throw new Error("no attempt to make");
      if (i % 4 === 0) await store.record(aSuccess(attempt));
      if (i === 1) await store.record(aRecord(attempt, { state: "exhausted" }));
      if (i === 2) await store.record(aRecord(attempt));
      const recipients = { endpointId: others.id };
      await store.accept(aMessage(application, { recipients, ...found(i) }));
    }
    return async (page: PageQuery) => {
      const query = { ...CONTENT, ...filter, ...page };
      const list = await store.messages.listByEndpoint(endpoint.id, query);
      return keys(list, ({ message }) => message.id);
    };
  };
}

/** One of each class of status codes; what the filter leaves out is between them. */
function fillAttempts(filter: Partial<AttemptQuery>) {
  return async (store: Store) => {
    const codes = filter.succeeded === false ? [0, 301, 404, 503, 999] : [0, 200, 301, 404, 503];
    const { application, endpoint, attempt: first } = await acceptOne(store, found(0));
    const sent = async (changes: Partial<NewMessage>) =>
      attemptsOf(await store.accept(aMessage(application, changes)))[0] ?? first;
    const [parcel, other] = [await sent(found(1)), await sent(OTHER)];
    const isFiltered = Object.keys(filter).length > 0;
    for (const [i, statusCode] of codes.entries()) {
      const id = newId("atmpt", TIMES_MS[i] ?? 0);
      const made = i % 2 === 0 ? first : parcel;
      await store.record(aRecord(made, { id, statusCode, succeeded: statusCode === 200 }));
      if (isFiltered) await store.record(aSuccess(other, { id }));
    }
    return async (page: PageQuery) => {
      const query = { ...CONTENT, ...filter, ...page };
      const list = await store.attempts.listByEndpoint(endpoint.id, query);
      return keys(list, ({ attempt }) => attempt.id);
    };
  };
}
