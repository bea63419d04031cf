import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Webhook } from "svix";
import { describe, expect, inject, it } from "vitest";
import { OPERATIONAL_EVENT_TYPES } from "../src/domain/operational-events.ts";
import { ROOT } from "./project/source-imports.ts";
import type { Installation } from "./support/installation.ts";
import { blocksOf, isAsShown } from "./support/markdown.ts";
import { startReceiver, type Received, type Receiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

const DATABASES =
  inject("postgresUrl") === null ? (["sqlite"] as const) : (["sqlite", "postgres"] as const);
/** Of five waits: the sixth attempt is the last. */
const RETRY_SCHEDULE = "20ms,20ms,20ms,20ms,20ms";
const CUSTOMER = "acme";
const FAILURES = 4;
/** Within this, what was told twice would have come twice. */
const REPEATED_MS = 3_000;

type Told = {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>> & { readonly endpointId?: string };
};

/** Fails for ever, for a while, or asks never to come back, by the path. */
async function startCustomersReceiver(): Promise<Receiver> {
  return startReceiver(({ path }, count) => {
    if (path === "/gone") return { status: 410 };
    const fails = path === "/fails" || (path === "/recovers" && count <= FAILURES);
    return { status: fails ? 500 : 204 };
  });
}

/** As the published client reads them: throws at a signature that is not right. */
function verified(secret: string, { body, headers }: Received): Told {
  new Webhook(secret).verify(body, headers as Record<string, string>);
  return JSON.parse(body.toString()) as Told;
}

/** Everything that there is to tell happens once. Answers the endpoints by what becomes of them. */
async function liveThrough({ svix }: Installation, receiver: Receiver) {
  await svix.application.create({ name: "Acme", uid: CUSTOMER });
  const create = async (name: string) =>
    (await svix.endpoint.create(CUSTOMER, { url: receiver.urlOf(`/${name}`), uid: name })).id;
  const changes = await create("changes");
  await svix.endpoint.patch(CUSTOMER, changes, { disabled: true });
  await svix.endpoint.patch(CUSTOMER, changes, { disabled: false });
  await svix.endpoint.rotateSecret(CUSTOMER, changes, {});
  await svix.endpoint.delete(CUSTOMER, changes);
  const [fails, recovers, gone] = [
    await create("fails"),
    await create("recovers"),
    await create("gone"),
  ];
  const message = { eventType: "invoice.paid", eventId: "invoice-42", payload: { total: 100 } };
  await svix.message.create(CUSTOMER, message);
  return { changes, fails, recovers, gone };
}

describe.each(DATABASES)("operational webhooks, on %s", (database) => {
  it("tell the organization of each thing once, signed, as they are documented", async () => {
    await using receiver = await startCustomersReceiver();
    await using ours = await startReceiver();
    await using posthorn = await startInstallation({ database, environment: { RETRY_SCHEDULE } });
    const { svix } = posthorn;
    const { endpoint } = svix.operationalWebhook;
    const own = await endpoint.create({ url: ours.urlOf("/all") });
    await endpoint.create({ url: ours.urlOf("/few"), eventTypes: ["endpoint.deleted"] });
    const { key } = await endpoint.getSecret(own.id);

    const { changes, fails, recovers, gone } = await liveThrough(posthorn, receiver);
    await ours.arrived(16, "/all");
    await svix.endpoint.recover(CUSTOMER, fails, { since: new Date(Date.now() - 60_000) });
    await ours.arrived(17, "/all");
    await delay(REPEATED_MS);

    const told = ours.at("/all").map((received) => verified(key, received));
    const of = (id: string) =>
      told.flatMap(({ type, data }) => (data.endpointId === id ? type : []));
    expect(of(changes).toSorted()).toEqual([
      "endpoint.created",
      "endpoint.deleted",
      "endpoint.disabled",
      "endpoint.enabled",
      "endpoint.updated",
      "endpoint.updated",
      "endpoint.updated",
    ]);
    const [created, failing] = ["endpoint.created", "message.attempt.failing"];
    expect(of(fails).toSorted()).toEqual([created, "message.attempt.exhausted", failing]);
    expect(of(recovers).toSorted()).toEqual([created, failing, "message.attempt.recovered"]);
    expect(of(gone).toSorted()).toEqual([
      created,
      "endpoint.disabled",
      "message.attempt.exhausted",
    ]);
    expect(told).toHaveLength(17);
    const deleted = ours.at("/few").map(({ body }) => JSON.parse(body.toString()) as Told);
    expect(deleted.map(({ data }) => data.endpointId)).toEqual([changes]);
    expect(new Set(ours.at("/all").map(({ headers }) => headers["svix-id"])).size).toBe(17);

    expectDocumented(told, gone);
    await expectCounted(posthorn);
  });
});

/** The page's examples, one of each type; two of them are of the endpoint that is gone. */
function expectDocumented(told: readonly Told[], gone: string): void {
  const markdown = readFileSync(join(ROOT, "docs/operational-webhooks.md"), "utf8");
  const examples = blocksOf(markdown)
    .filter(({ language }) => language === "json")
    .map(({ text }) => JSON.parse(text) as Told);
  expect(examples.map(({ type }) => type)).toEqual(OPERATIONAL_EVENT_TYPES);
  for (const shown of examples) {
    const { type } = shown;
    const isSame = (one: Told) => one.type === type;
    const sent = told.find((one) => isSame(one) && one.data.endpointId === gone);
    const isOfGone = type === "endpoint.disabled" || type === "message.attempt.exhausted";
    const actual = isOfGone ? sent : told.find(isSame);
    expect({ shown: isAsShown(shown, actual), actual, names: namesOf(shown) }).toEqual({
      shown: true,
      actual,
      names: namesOf(actual),
    });
  }
}

/** All the names in it, as paths. */
function namesOf(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value)
    .flatMap(([name, one]) => namesOf(one, `${path}.${name}`))
    .toSorted();
}

async function expectCounted({ url }: Installation): Promise<void> {
  await waitFor("the endpoint that is gone to be counted", async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const line = 'posthorn_endpoints_disabled_total{reason="gone"} 1';
    return metrics.split("\n").includes(line) || undefined;
  });
}
