import { makeToken } from "../../src/main/token.ts";
import { JWT_SECRET } from "./process.ts";
import { waitFor } from "./wait-for.ts";

/** A producer's code, over HTTP, with an organization and an application of its own. */
export type Producer = {
  /** The application's, within whose path all calls are made. */
  readonly applicationId: string;
  createEndpoint(url: string, fields?: object): Promise<string>;
  /** The endpoint's signing secret. */
  secret(endpointId: string): Promise<string>;
  send(payload: unknown): Promise<Sent>;
  /** What came of the message's deliveries, one entry for each endpoint. */
  deliveries(messageId: string): Promise<readonly DeliveryOut[]>;
  /** The message's attempts, latest first. */
  attempts(messageId: string): Promise<readonly AttemptOut[]>;
  /** Whether all its deliveries have ended, undefined if not. */
  hasEnded(messageId: string): Promise<true | undefined>;
  /** Those of the messages whose deliveries have all succeeded. */
  delivered(messageIds: readonly string[]): Promise<readonly string[]>;
  /** Resolves when all deliveries of all these messages have succeeded. */
  allDelivered(messageIds: readonly string[], withinMs: number): Promise<void>;
  /** The same installation by another gateway. */
  at(gatewayUrl: string): Producer;
};

export type Sent = { readonly status: number; readonly id: string; readonly tookMs: number };
export type DeliveryOut = { readonly id: string; readonly statusText: string };
export type AttemptOut = {
  readonly endpointId: string;
  readonly statusText: string;
  readonly responseStatusCode: number;
};

const ORGANIZATION = "org_processes";
/** An answer that takes longer is as good as none. */
const ANSWER_MS_MAX = 20_000;

export async function createProducer(gatewayUrl: string): Promise<Producer> {
  const token = await makeToken(JWT_SECRET, { organizationId: ORGANIZATION });
  const { json } = await call(gatewayUrl, token, "POST", "app", { name: "Processes" });
  return producerOf(gatewayUrl, token, (json as { id: string }).id);
}

function producerOf(gatewayUrl: string, token: string, applicationId: string): Producer {
  const list = async <One>(path: string): Promise<readonly One[]> => {
    const { json } = await call(gatewayUrl, token, "GET", `app/${applicationId}/${path}`);
    return (json as { data: readonly One[] }).data;
  };
  const deliveries = (messageId: string) => list<DeliveryOut>(`msg/${messageId}/endpoint`);
  const isDelivered = async (messageId: string): Promise<boolean> => {
    const states = (await deliveries(messageId)).map(({ statusText }) => statusText);
    return states.length > 0 && states.every((state) => state === "success");
  };
  return {
    applicationId,
    at: (url) => producerOf(url, token, applicationId),

    async createEndpoint(url, fields = {}) {
      const path = `app/${applicationId}/endpoint`;
      const { json } = await call(gatewayUrl, token, "POST", path, { url, ...fields });
      return (json as { id: string }).id;
    },

    async secret(endpointId) {
      const path = `app/${applicationId}/endpoint/${endpointId}/secret`;
      const { json } = await call(gatewayUrl, token, "GET", path);
      return (json as { key: string }).key;
    },

    async send(payload) {
      const beganMs = performance.now();
      const body = { eventType: "order.completion", payload };
      const path = `app/${applicationId}/msg`;
      const { status, json } = await call(gatewayUrl, token, "POST", path, body);
      return { status, id: (json as { id: string }).id, tookMs: performance.now() - beganMs };
    },

    deliveries,

    async hasEnded(messageId) {
      const states = (await deliveries(messageId)).map(({ statusText }) => statusText);
      const isEnd = (state: string): boolean => state === "success" || state === "fail";
      return (states.length > 0 && states.every(isEnd)) || undefined;
    },

    async delivered(messageIds) {
      const succeeded: string[] = [];
      for (const id of messageIds) if (await isDelivered(id)) succeeded.push(id);
      return succeeded;
    },

    async allDelivered(messageIds, withinMs) {
      const deadlineMs = Date.now() + withinMs;
      for (const id of messageIds) {
        const delivered = async () => (await isDelivered(id)) || undefined;
        await waitFor(`the delivery of ${id}`, delivered, deadlineMs - Date.now());
      }
    },

    attempts: (messageId) => list(`attempt/msg/${messageId}`),
  };
}

async function call(
  gatewayUrl: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const response = await fetch(`${gatewayUrl}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return { status: response.status, json: JSON.parse(text) };
}
