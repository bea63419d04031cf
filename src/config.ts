import { parseDurationMs } from "./domain/duration.ts";
import {
  DEFAULT_RETRY_SCHEDULE,
  parseRetrySchedule,
  type RetrySchedule,
} from "./domain/retry-schedule.ts";
import { parseSubnets } from "./outbound/address-guard.ts";
import type { SignatureType } from "./signing/secret.ts";
import type { HeaderSet } from "./signing/sign.ts";
import type { TemporalTls } from "./temporal/connection.ts";

/** All settings of all roles. The only reader of the environment; everything else gets arguments. */
export type Config = {
  /** undefined: 127.0.0.1 for `start`, all interfaces for `gateway`. */
  readonly host: string | undefined;
  readonly port: number;
  /** Where a process that is only a worker serves metrics and health; undefined: nowhere. */
  readonly metricsPort: number | undefined;
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
  readonly signatureType: SignatureType;
  readonly headerSet: HeaderSet;
};

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that cannot be used. The message names the variable and what is allowed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Reads and checks every variable. Throws a ConfigError for the first that is wrong. */
export function readConfig(environment: Environment = process.env): Config {
  const text = (name: string): string | undefined => environment[name]?.trim() || undefined;
  return {
    host: text("HOST"),
    port: integer(text("PORT"), "PORT", 8071, 0, 65_535),
    metricsPort: text("METRICS_PORT")
      ? integer(text("METRICS_PORT"), "METRICS_PORT", 0, 1, 65_535)
      : undefined,
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

type Text = (name: string) => string | undefined;

function temporalConfig(text: Text): TemporalConfig {
  return {
    address: text("TEMPORAL_ADDRESS"),
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
    groupMax: integer(text("DELIVERY_GROUP_MAX"), "DELIVERY_GROUP_MAX", 500, 1, 500),
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

function list(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function integer(
  text: string | undefined,
  name: string,
  standard: number,
  min: number,
  max: number,
): number {
  if (text === undefined) return standard;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ConfigError(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
}

function fraction(text: string | undefined, name: string): number {
  const value = Number(text ?? "0");
  if (value >= 0 && value <= 1) return value;
  throw new ConfigError(`${name} must be a number from 0 to 1, not "${text}"`);
}

function duration(
  text: string | undefined,
  name: string,
  standardMs: number,
  maxMs: number,
): number {
  const valueMs = text === undefined ? standardMs : parseDurationMs(text);
  if (valueMs !== undefined && valueMs > 0 && valueMs <= maxMs) return valueMs;
  throw new ConfigError(
    `${name} must be a time such as 500ms or 15s, ${maxMs / 1_000}s at most, not "${text}"`,
  );
}

function oneOf<Value extends string>(
  text: string | undefined,
  name: string,
  allowed: readonly Value[],
  standard: Value,
): Value {
  const value = allowed.find((one) => one === (text ?? standard));
  if (value !== undefined) return value;
  throw new ConfigError(`${name} must be one of ${allowed.join(", ")}, not "${text}"`);
}

function explained<Value>(name: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw new ConfigError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
