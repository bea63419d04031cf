import { once } from "node:events";
import { createServer } from "node:http";
import { SignJWT } from "jose";
import { pino } from "pino";
import { Svix } from "svix";
import { createAccept } from "../../delivery/accept.ts";
import { createBeginAnew } from "../../delivery/begin-anew.ts";
import { createMetrics } from "../../delivery/metrics.ts";
import { createBeginTasks } from "../../delivery/tasks/begin-task.ts";
import { createCancelTask } from "../../delivery/tasks/cancel-task.ts";
import type { Store } from "../../store/store.ts";
import { createRecentSettings } from "../../store/recent-settings.ts";
import { createAuthenticate } from "../access/authenticate.ts";
import { createSignToken } from "../access/sign-token.ts";
import {
  DEFAULT_API_SETTINGS,
  DEFAULT_ENDPOINT_SETTINGS,
  type ApiSettings,
  type EndpointSettings,
} from "../api-settings.ts";
import { createApp, routes } from "../app.ts";
import { createLiveChanges, type LiveChanges } from "../live/live-changes.ts";
import { createPlayground, type Playground } from "../play/playground.ts";
import { createCheckPayload } from "../payload-check/check-payload.ts";
import { watchAnswers } from "./test-conformance.ts";
import { spacedCalls } from "./spaced-calls.ts";
import { createTestResend } from "./test-resend.ts";
import { createTestSchedules } from "./test-schedules.ts";
import { sqliteTestStore, type TestStore } from "./test-store.ts";
import { createTestTasks } from "./test-tasks.ts";

/**
 * A gateway on a port of its own, over a real store, in a file unless told otherwise. Makes no attempts. Its
 * disposal throws if it has given an answer that is not documented as it was given.
 */
export type TestGateway = AsyncDisposable & {
  readonly url: string;
  readonly store: Store;
  /** The stock client, with the organization's token. */
  readonly svix: Svix;
  readonly token: string;
  /** Calls below /api/v1, or below /v1 where the path begins so. A string as body goes as it is. */
  call(method: string, path: string, body?: unknown, token?: string): Promise<Answered>;
  /** All that is kept, to compare: what was refused must have left nothing. On SQLite alone. */
  rows(): string;
};

export type Answered = {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** undefined where there is none that is JSON. */
  readonly body: any; // oxlint-disable-line typescript/no-explicit-any -- tests look inside
};

/** Long enough for what is made at once. */
const TEST_ATTEMPT_WAIT_MS = 300;
export const JWT_SECRET = "a secret that is only used in these tests";
export const ORGANIZATION = "org_23rb8YdGqMT0qIzpgGwdXfHirMu";
const SILENT = pino({ level: "silent" });
const HEARTBEAT_MS = 200;

export async function startTestGateway(
  api: Partial<ApiSettings> = {},
  endpoints: Partial<EndpointSettings> = {},
  { store, rows, drop }: TestStore = sqliteTestStore(),
): Promise<TestGateway> {
  const live = createLiveChanges(store.changes, SILENT);
  const playground = createPlayground(store.plays, SILENT);
  const deps = {
    ...appDeps(store, { ...DEFAULT_API_SETTINGS, ...api }, { live, playground }),
    endpointSettings: { ...DEFAULT_ENDPOINT_SETTINGS, ...endpoints },
  };
  const watched = watchAnswers(createApp(deps), routes(deps));
  const server = createServer(spacedCalls(watched.listener)).listen(0, "127.0.0.1");
  await once(server, "listening");

  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const url = `http://127.0.0.1:${port}`;
  const token = await organizationToken();
  return {
    url,
    store,
    token,
    svix: new Svix(token, { serverUrl: url }),
    call: (method, path, body, asToken = token) => call(url, method, path, body, asToken),
    rows,
    async [Symbol.asyncDispose]() {
      await live.close();
      await playground.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
      await drop();
      if (watched.faults.length > 0) throw new Error(watched.faults.join("\n"));
    },
  };
}

export function organizationToken(organizationId = ORGANIZATION): Promise<string> {
  return signed({ sub: organizationId });
}

/** As a producer makes one by hand, with whatever further claims. */
export function applicationToken(
  applicationId: string,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return signed({ sub: applicationId, org: ORGANIZATION, ...claims });
}

function signed(claims: Readonly<Record<string, unknown>>): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: "HS256" });
  const key = new TextEncoder().encode(JWT_SECRET);
  return token.setIssuer("svix-server").setIssuedAt().setExpirationTime("1h").sign(key);
}

function appDeps(
  store: Store,
  api: ApiSettings,
  watched: { readonly live: LiveChanges; readonly playground: Playground },
): Parameters<typeof createApp>[0] {
  const nothing = async (): Promise<void> => {};
  const metrics = createMetrics();
  const logger = SILENT;
  const workflowStarts = { add: nothing, restart: nothing, drain: nothing };
  const tellLine = (): void => undefined;
  const beginAnew = createBeginAnew({ store, workflowStarts, tellLine, logger });
  const recentSettings = createRecentSettings(store);
  return {
    ...store,
    checkPayload: createCheckPayload({ ...store, recentSettings, metrics, logger }),
    api,
    accept: createAccept({ store, firstAttempts: null, workflowStarts, tellLine, metrics }),
    resend: createTestResend(store),
    triggerSchedules: createTestSchedules(),
    beginAnew,
    tellLine,
    ...createBeginTasks({ store, dispatcher: createTestTasks(store, beginAnew), logger }),
    cancelTask: createCancelTask({ store, dispatcher: { cancelTask: nothing }, logger }),
    testAttemptWaitMs: TEST_ATTEMPT_WAIT_MS,
    endpointSettings: DEFAULT_ENDPOINT_SETTINGS,
    retrySchedule: [5_000, 300_000],
    signatureType: "hmac256",
    authenticate: createAuthenticate(JWT_SECRET, store),
    signToken: createSignToken(JWT_SECRET),
    ...watched,
    workflowUrl: (workflowId) => `https://temporal.example/${workflowId}`,
    heartbeatMs: HEARTBEAT_MS,
    health: () => Promise.resolve({ database: true, queue: true }),
    metrics: () => Promise.resolve("posthorn_up 1\n"),
    logger,
  };
}

async function call(
  url: string,
  method: string,
  path: string,
  body: unknown,
  token: string,
): Promise<Answered> {
  const response = await fetch(`${url}${path.startsWith("/v1/") ? "" : "/api/v1"}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: bodyText(body) }),
  });
  const text = await response.text();
  const { status, headers } = response;
  const isJson = headers.get("content-type")?.startsWith("application/json") ?? false;
  return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
}

function bodyText(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}
