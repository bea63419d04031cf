import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.ts";
import { deliverMessagesId } from "../../workflows/contract.ts";
import { createWorkflowUrl } from "../temporal/workflow-url.ts";
import { createApi, type Api } from "./demo-api.ts";
import { DEMO_EVENT_TYPES, GIFT_CARD_ORDER } from "./demo-catalogue.ts";
import { startDemoReceiver, type DemoReceiver } from "./demo-receiver.ts";
import type { Progress } from "./progress.ts";
import { makeToken } from "./token.ts";

export type DemoOptions = {
  readonly config: Config;
  /** Of our own API, which the demo uses as any producer would. */
  readonly url: string;
  readonly jwtSecret: string;
  readonly temporal: { readonly address: string; readonly uiUrl: string | undefined };
  readonly progress: Progress;
};

const ORGANIZATION = "org_000000000000000PosthornDemo";
const APPLICATION = "acme";
const ENDPOINT = "demo-receiver";
const ATTEMPT_MS_MAX = 10_000;

/** Makes the demo at the first start; shows it, and how to go on, at every start. */
export async function showDemo(options: DemoOptions): Promise<DemoReceiver> {
  const { config, url, jwtSecret, progress } = options;
  const token = await makeToken(jwtSecret, { organizationId: ORGANIZATION });
  const api = createApi(`${url}/api/v1`, token);
  const receiver = await startDemoReceiver(config.port === 0 ? 0 : config.port + 1, (line) =>
    progress.note(`  ⇠ ${line}`),
  );

  const marker = join(config.dataDir, "demo-made");
  if (!existsSync(marker)) {
    await makeDemo(api, receiver.url);
    writeFileSync(marker, receiver.url);
  } else if (readFileSync(marker, "utf8") !== receiver.url) {
    await moveEndpoint(api, receiver.url);
    writeFileSync(marker, receiver.url);
  }
  await trustSecret(api, receiver);
  progress.note(`  Organization      ${ORGANIZATION}`);
  progress.note(`  Its token         ${token}\n`);
  if (await showMessage(api, options)) {
    await showPortal(api, progress);
    printCurl(url, token, progress);
  }
  return receiver;
}

async function makeDemo(api: Api, receiverUrl: string): Promise<void> {
  await api.put(`app/${APPLICATION}`, { name: "Acme", uid: APPLICATION });
  for (const { name, ...eventType } of DEMO_EVENT_TYPES) {
    await api.put(`event-type/${name}`, eventType);
  }
  await api.put(`app/${APPLICATION}/endpoint/${ENDPOINT}`, {
    uid: ENDPOINT,
    url: receiverUrl,
    description: "The receiver that came with the demo",
  });
}

/** The receiver's port was taken this time. The endpoint may have been deleted meanwhile. */
async function moveEndpoint(api: Api, receiverUrl: string): Promise<void> {
  await api.patch(`app/${APPLICATION}/endpoint/${ENDPOINT}`, { url: receiverUrl }).catch(() => {});
}

async function trustSecret(api: Api, receiver: DemoReceiver): Promise<void> {
  const path = `app/${APPLICATION}/endpoint/${ENDPOINT}/secret`;
  const secret = await api.get<{ key: string }>(path).catch(() => undefined);
  if (secret !== undefined) receiver.trust(secret.key);
}

type AttemptOut = {
  readonly id: string;
  readonly statusText: string;
  readonly responseStatusCode: number;
  readonly responseDurationMs: number;
  readonly response: string;
};

/** false if there is nothing to show: who deleted the demo's application wants it no more. */
async function showMessage(
  api: Api,
  { config, temporal, progress }: DemoOptions,
): Promise<boolean> {
  const body = { eventType: "order.completion", payload: GIFT_CARD_ORDER };
  const message = await api.post<{ id: string }>(`app/${APPLICATION}/msg`, body).catch(refusal);
  if (message instanceof Error) {
    progress.note(
      `  The demo's message was not taken (DEMO=false does without): ${message.message}`,
    );
    return false;
  }
  progress.note(`  Sent              ${body.eventType} ${message.id}`);
  const attempt = await firstAttempt(api, message.id);
  progress.note(
    attempt === undefined
      ? `  Attempt           none within ${ATTEMPT_MS_MAX / 1_000} s: see the log`
      : `  Attempt           ${attempt.statusText}: ${resultOf(attempt)} in ` +
          `${attempt.responseDurationMs} ms (${attempt.id})`,
  );
  const workflowUrl = createWorkflowUrl(temporal.uiUrl, config.temporal.namespace);
  const workflow = workflowUrl(deliverMessagesId(message.id));
  if (workflow !== null) progress.note(`  Its workflow      ${workflow}`);
  return true;
}

/** As a producer would open it for its customer: a link works once, so each start has its own. */
async function showPortal(api: Api, progress: Progress): Promise<void> {
  const path = `auth/app-portal-access/${APPLICATION}`;
  const access = await api.post<{ url: string }>(path, {}).catch(refusal);
  if (access instanceof Error) return;
  progress.note(`  Its portal        ${access.url}`);
}

function refusal(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The status, or the sentence that says why there is none. */
function resultOf({ responseStatusCode, response }: AttemptOut): string {
  return responseStatusCode === 0 ? response : String(responseStatusCode);
}

async function firstAttempt(api: Api, messageId: string): Promise<AttemptOut | undefined> {
  const path = `app/${APPLICATION}/attempt/msg/${messageId}`;
  for (const deadlineMs = Date.now() + ATTEMPT_MS_MAX; Date.now() < deadlineMs;) {
    const { data } = await api.get<{ data: readonly AttemptOut[] }>(path);
    if (data[0] !== undefined) return data[0];
    await sleep(50);
  }
  return undefined;
}

function printCurl(url: string, token: string, progress: Progress): void {
  progress.note(`
  Send one yourself. The demo's receiver refuses the first attempt of each playground-created,
  so that you can watch the retry arrive 5 s later:

curl -X POST ${url}/api/v1/app/${APPLICATION}/msg \\
  -H 'Authorization: Bearer ${token}' \\
  -H 'Content-Type: application/json' \\
  -d '{"eventType":"playground-created","payload":{"id":"pg_1","name":"My first playground"}}'`);
}
