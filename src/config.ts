import { endpointSettings, type EndpointSettings } from "./config-endpoints.ts";
import {
  bytes,
  ConfigError,
  duration,
  durationOrNever,
  explained,
  fraction,
  frameAncestors,
  httpUrl,
  integer,
  list,
  oneOf,
  origins,
  type Text,
} from "./config-values.ts";
import {
  DEFAULT_RETRY_SCHEDULE,
  parseRetrySchedule,
  type RetrySchedule,
} from "./domain/retry-schedule.ts";
import { DEFAULT_API_SETTINGS, type ApiSettings, type RateLimit } from "./gateway/api-settings.ts";
import { parseSubnets } from "./outbound/address-guard.ts";
import type { SignatureType } from "./signing/secret.ts";
import type { HeaderSet } from "./signing/sign.ts";
import type { TemporalTls } from "./temporal/connection.ts";

export { ConfigError };

/** All settings of all roles. The only reader of the environment; everything else gets arguments. */
export type Config = {
  /** undefined: 127.0.0.1 for `start`, all interfaces for `gateway`. */
  readonly host: string | undefined;
  readonly port: number;
  /** Where a process that is only a worker serves metrics and health; undefined: nowhere. */
  readonly metricsPort: number | undefined;
  readonly api: ApiSettings;
  readonly endpoints: EndpointSettings;
  readonly dataDir: string;
  /** undefined: SQLite in the data directory. */
  readonly databaseUrl: string | undefined;
  /** Whether `start` makes, runs and shows its demo. */
  readonly demo: boolean;
  readonly temporal: TemporalConfig;
  readonly jwtSecret: string | undefined;
  /** Keys that seal secrets at rest, the current one first; none: the JWT secret is used. */
  readonly encryptionKeys: readonly string[];
  readonly delivery: DeliveryConfig;
  readonly logLevel: LogLevel;
};

export type TemporalConfig = {
  /** undefined: `start` runs a server of its own; the other roles need one. */
  readonly address: string | undefined;
  /** Of its web pages, to link to workflows; undefined: those of a server of our own, or none. */
  readonly uiUrl: string | undefined;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly apiKey: string | undefined;
  readonly tls: TemporalTls | undefined;
  readonly binary: string | undefined;
  readonly cacheHome: string | undefined;
};

export type DeliveryConfig = {
  readonly retrySchedule: RetrySchedule;
  readonly retryJitter: number;
  readonly requestTimeoutMs: number;
  /** undefined: loopback for `start`, none for the other roles. */
  readonly allowedSubnets: readonly string[] | undefined;
  readonly groupMax: number;
  /** How long an endpoint may fail before it is disabled; null: for ever. */
  readonly disableAfterMs: number | null;
  /** Attempts a second that the background tasks of a process make, all together. */
  readonly recoverRate: number;
  readonly signatureType: SignatureType;
  readonly headerSet: HeaderSet;
};

const PAYLOAD_BYTES_MIN = 1_024;
const PAYLOAD_BYTES_CEILING = 64 * 1024 * 1024;
const RATE_MAX = 100_000;
const DAY_MS = 86_400_000;
const DISABLE_AFTER_MS = 5 * DAY_MS;
const DISABLE_AFTER_MS_MAX = 365 * DAY_MS;

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks every variable. Throws a ConfigError for the first that is wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined;
  return {
    host: text("HOST"),
    port: integer(text("PORT"), "PORT", 8071, 0, 65_535),
    metricsPort: text("METRICS_PORT")
      ? integer(text("METRICS_PORT"), "METRICS_PORT", 0, 1, 65_535)
      : undefined,
    api: apiSettings(text),
    endpoints: endpointSettings(text),
    dataDir: text("DATA_DIR") ?? ".posthorn",
    databaseUrl: postgresUrl(text("DATABASE_URL")),
    demo: oneOf(text("DEMO"), "DEMO", ["true", "false"], "true") === "true",
    temporal: temporalConfig(text),
    jwtSecret: text("JWT_SECRET"),
    encryptionKeys: list(text("ENCRYPTION_KEYS")),
    delivery: deliveryConfig(environment, text),
    logLevel: oneOf(text("LOG_LEVEL"), "LOG_LEVEL", LOG_LEVELS, "info"),
  };
}

function apiSettings(text: Text): ApiSettings {
  return {
    payloadBytesMax: bytes(
      text("PAYLOAD_BYTES_MAX"),
      "PAYLOAD_BYTES_MAX",
      DEFAULT_API_SETTINGS.payloadBytesMax,
      PAYLOAD_BYTES_MIN,
      PAYLOAD_BYTES_CEILING,
    ),
    publicUrl: httpUrl(text("PUBLIC_URL"), "PUBLIC_URL"),
    corsOrigins: origins(text("CORS_ORIGINS"), "CORS_ORIGINS"),
    portalFrameAncestors: frameAncestors(text("PORTAL_FRAME_ANCESTORS"), "PORTAL_FRAME_ANCESTORS"),
    rateLimit: rateLimit(text),
  };
}

function rateLimit(text: Text): RateLimit | undefined {
  const requestsPerSecond = integer(text("API_RATE_LIMIT"), "API_RATE_LIMIT", 0, 0, RATE_MAX);
  const burst = integer(text("API_RATE_BURST"), "API_RATE_BURST", requestsPerSecond, 0, RATE_MAX);
  return requestsPerSecond === 0 ? undefined : { requestsPerSecond, burst };
}

function temporalConfig(text: Text): TemporalConfig {
  return {
    address: text("TEMPORAL_ADDRESS"),
    uiUrl: httpUrl(text("TEMPORAL_UI_URL"), "TEMPORAL_UI_URL"),
    namespace: text("TEMPORAL_NAMESPACE") ?? "default",
    taskQueue: text("TEMPORAL_TASK_QUEUE") ?? "posthorn",
    apiKey: text("TEMPORAL_API_KEY"),
    tls: tlsConfig(text),
    binary: text("TEMPORAL_BINARY"),
    cacheHome: text("XDG_CACHE_HOME"),
  };
}

function tlsConfig(text: Text): TemporalTls | undefined {
  const tls = {
    caFile: text("TEMPORAL_TLS_CA"),
    certFile: text("TEMPORAL_TLS_CERT"),
    keyFile: text("TEMPORAL_TLS_KEY"),
    serverName: text("TEMPORAL_TLS_SERVER_NAME"),
  };
  if ((tls.certFile === undefined) !== (tls.keyFile === undefined)) {
    throw new ConfigError("TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY go together: set both or none");
  }
  const isOn = oneOf(text("TEMPORAL_TLS"), "TEMPORAL_TLS", ["true", "false"], "false") === "true";
  return isOn || Object.values(tls).some((value) => value !== undefined) ? tls : undefined;
}

function deliveryConfig(environment: Environment, text: Text): DeliveryConfig {
  const schedule = environment["RETRY_SCHEDULE"] ?? DEFAULT_RETRY_SCHEDULE;
  const subnets = environment["ALLOWED_SUBNETS"];
  const allowedSubnets = subnets === undefined ? undefined : list(subnets);
  explained("ALLOWED_SUBNETS", () => parseSubnets(allowedSubnets ?? []));
  return {
    retrySchedule: explained("RETRY_SCHEDULE", () => parseRetrySchedule(schedule)),
    retryJitter: fraction(text("RETRY_JITTER"), "RETRY_JITTER"),
    requestTimeoutMs: duration(text("REQUEST_TIMEOUT"), "REQUEST_TIMEOUT", 15_000, 120_000),
    allowedSubnets,
    disableAfterMs: durationOrNever(
      text("DISABLE_ENDPOINT_AFTER"),
      "DISABLE_ENDPOINT_AFTER",
      DISABLE_AFTER_MS,
      DISABLE_AFTER_MS_MAX,
    ),
    groupMax: integer(text("DELIVERY_GROUP_MAX"), "DELIVERY_GROUP_MAX", 500, 1, 500),
    recoverRate: integer(text("RECOVER_RATE"), "RECOVER_RATE", 25, 1, RATE_MAX),
    signatureType: oneOf(
      text("SIGNATURE_TYPE"),
      "SIGNATURE_TYPE",
      ["hmac256", "ed25519"],
      "hmac256",
    ),
    headerSet: oneOf(
      text("SIGNATURE_HEADERS"),
      "SIGNATURE_HEADERS",
      ["both", "svix", "webhook"],
      "both",
    ),
  };
}

/** Its text is not repeated: it may contain a password. */
function postgresUrl(text: string | undefined): string | undefined {
  if (text === undefined || /^postgres(ql)?:\/\/./.test(text)) return text;
  throw new ConfigError("DATABASE_URL must be a URL that begins with postgres://");
}
