import type { Svix } from "svix";
import type { Installation } from "../../support/installation.ts";
import { waitFor } from "../../support/wait-for.ts";
import type { Receiver } from "../../support/receiver.ts";

/** What is there when the fuzzing begins: python/fuzz_hooks.py puts these ids where ids belong. */
export type FuzzWorld = {
  readonly applicationId: string;
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** May be deleted, and are, by the first request that deletes. */
  readonly victims: Readonly<Record<string, readonly string[]>>;
  readonly receiver: string;
  /** From links to the portal: each can be exchanged once. */
  readonly oneTimeTokens: readonly string[];
};

const EVENT_TYPES = ["invoice.paid", "user.created"];
const SCHEMAS = { "1": { type: "object", examples: [{ total: 100 }] } };
const VICTIMS = 8;
const ONE_TIME_TOKENS = 4;

/** One application with something of everything, and things that may be deleted. */
export async function createFuzzWorld(
  posthorn: Installation,
  receiver: Receiver,
): Promise<FuzzWorld> {
  const { svix } = posthorn;
  const url = receiver.urlOf("/");
  for (const name of EVENT_TYPES)
    await svix.eventType.create({ name, description: name, schemas: SCHEMAS });
  const { id: applicationId } = await svix.application.create({
    name: "Customer",
    uid: "customer",
  });
  const endpointIds = [];
  for (const uid of ["first", "second", "third"]) {
    endpointIds.push((await svix.endpoint.create(applicationId, { url, uid })).id);
  }
  const messageIds = [];
  for (const eventId of ["one", "two", "three"]) {
    const message = { eventType: "invoice.paid", eventId, payload: { total: 100 } };
    messageIds.push((await svix.message.create(applicationId, message)).id);
  }
  const [messageId = ""] = messageIds;
  const attempts = await waitFor("the attempts of a message", async () => {
    const { data } = await svix.messageAttempt.listByMsg(applicationId, messageId);
    return data.length === endpointIds.length ? data : undefined;
  });

  const since = new Date(Date.now() - 60_000);
  const recovery = await svix.endpoint.recover(applicationId, endpointIds[0] ?? "", { since });

  const newOperational = async (): Promise<string> =>
    (await svix.operationalWebhook.endpoint.create({ url })).id;

  return {
    applicationId,
    ids: {
      app_id: [applicationId, applicationId, "customer"],
      endpoint_id: [...endpointIds, "first"],
      msg_id: [...messageIds, "one"],
      attempted_msg_id: [messageId, "one"],
      attempt_id: attempts.map(({ id }) => id),
      event_type_name: EVENT_TYPES,
      operational_endpoint_id: [await newOperational(), await newOperational()],
      task_id: [recovery.id],
      template_name: ["runa"],
      play_id: [await createPlay(posthorn), await createPlay(posthorn)],
      webhook_id: await createWebhooks(posthorn, applicationId, url, 2),
    },
    victims: await createVictims(posthorn, applicationId, url),
    receiver: url,
    oneTimeTokens: await createOneTimeTokens(svix, applicationId),
  };
}

async function createOneTimeTokens(svix: Svix, applicationId: string): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let i = 0; i < ONE_TIME_TOKENS; i++) {
    const { url } = await svix.authentication.appPortalAccess(applicationId);
    const [, key = ""] = url.split("#key=");
    const parsed = JSON.parse(Buffer.from(key, "base64").toString()) as { oneTimeToken: string };
    tokens.push(parsed.oneTimeToken);
  }
  return tokens;
}

async function createVictims(
  posthorn: Installation,
  applicationId: string,
  url: string,
): Promise<FuzzWorld["victims"]> {
  const { svix } = posthorn;
  const applications: string[] = [];
  const plays: string[] = [];
  const endpoints: string[] = [];
  const eventTypes: string[] = [];
  const operational: string[] = [];
  const messages: string[] = [];
  for (let i = 0; i < VICTIMS; i++) {
    plays.push(await createPlay(posthorn));
    applications.push((await svix.application.create({ name: `Victim ${i}` })).id);
    endpoints.push((await svix.endpoint.create(applicationId, { url, disabled: true })).id);
    const message = { eventType: "invoice.paid", payload: { total: i } };
    messages.push((await svix.message.create(applicationId, message)).id);
    operational.push((await svix.operationalWebhook.endpoint.create({ url, disabled: true })).id);
    eventTypes.push((await svix.eventType.create({ name: `victim.${i}`, description: "" })).name);
  }
  return {
    app_id: applications,
    endpoint_id: endpoints,
    msg_id: messages,
    operational_endpoint_id: operational,
    event_type_name: eventTypes,
    play_id: plays,
    webhook_id: await createWebhooks(posthorn, applicationId, url, VICTIMS),
  };
}

async function createWebhooks(
  posthorn: Installation,
  applicationId: string,
  hook: string,
  count: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const answer = await fetch(`${posthorn.url}/v1/webhooks?application=${applicationId}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${posthorn.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ url: hook }),
    });
    const { id } = (await answer.json()) as { readonly id: string };
    ids.push(id);
  }
  return ids;
}

async function createPlay({ url, token }: Installation): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/api/v1/play`, { method: "POST", headers });
  const { id } = (await answer.json()) as { readonly id: string };
  return id;
}
