import { formatDuration, parseDurationMs } from "./domain/duration.ts";

/** How one text of the environment becomes a value. Each throws a ConfigError that names it. */

/** A setting that cannot be used. The message names the variable and what is allowed. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** A variable's text; undefined where it is not set or empty. */
export type Text = (name: string) => string | undefined;

export function list(text: string | undefined): readonly string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

export function integer(
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

export function fraction(text: string | undefined, name: string): number {
  const value = Number(text ?? "0");
  if (value >= 0 && value <= 1) return value;
  throw new ConfigError(`${name} must be a number from 0 to 1, not "${text}"`);
}

export function duration(
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

/** null for "never". */
export function durationOrNever(
  text: string | undefined,
  name: string,
  standardMs: number,
  maxMs: number,
): number | null {
  if (text === "never") return null;
  const valueMs = text === undefined ? standardMs : parseDurationMs(text);
  if (valueMs !== undefined && valueMs > 0 && valueMs <= maxMs) return valueMs;
  const max = formatDuration(maxMs);
  throw new ConfigError(
    `${name} must be "never" or a time such as 90m or 5d, ${max} at most, not "${text}"`,
  );
}

const BYTES_PER_UNIT = { "": 1, kb: 1_000, mb: 1_000_000, kib: 1_024, mib: 1_048_576 };

/** A number of bytes, plain or with a unit: 350kb, 2mib. */
export function bytes(
  text: string | undefined,
  name: string,
  standard: number,
  min: number,
  max: number,
): number {
  if (text === undefined) return standard;
  const [, digits, unit = ""] = /^(\d+) ?([km]i?b)?$/.exec(text.toLowerCase()) ?? [];
  const value = Number(digits) * BYTES_PER_UNIT[unit as keyof typeof BYTES_PER_UNIT];
  if (value >= min && value <= max) return value;
  throw new ConfigError(
    `${name} must be from ${min} to ${max} bytes, plain or such as 350kb or 2mib, not "${text}"`,
  );
}

export function oneOf<Value extends string>(
  text: string | undefined,
  name: string,
  allowed: readonly Value[],
  standard: Value,
): Value {
  const value = allowed.find((one) => one === (text ?? standard));
  if (value !== undefined) return value;
  throw new ConfigError(`${name} must be one of ${allowed.join(", ")}, not "${text}"`);
}

/** An http(s) URL without query; the slash at its end is dropped. */
export function httpUrl(text: string | undefined, name: string): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url !== null && isHttp(url) && url.search === "" && url.hash === "" && url.username === "") {
    return (url.origin + url.pathname).replace(/\/+$/, "");
  }
  throw new ConfigError(`${name} must be a URL such as https://hooks.example.com, not "${text}"`);
}

/** Origins of pages as browsers send them. undefined where any is allowed: not set, or `*`. */
export function origins(text: string | undefined, name: string): readonly string[] | undefined {
  if (text === undefined || text === "*") return undefined;
  return list(text).map((part) => {
    const url = URL.parse(part);
    if (url !== null && isHttp(url) && [url.origin, `${url.origin}/`].includes(part)) {
      return url.origin;
    }
    throw new ConfigError(
      `${name} must be * or origins such as https://portal.example.com, not "${part}"`,
    );
  });
}

/** Without what separates the parts of a policy. */
const CSP_ORIGIN = /^https?:\/\/[\w.*:[\]-]+$/;

/** Who may show our pages in a frame, as a Content-Security-Policy says it: we always may. */
export function frameAncestors(text: string | undefined, name: string): readonly string[] {
  if (text === "*") return ["*"];
  const others = origins(text, name) ?? [];
  const broken = others.find((origin) => !CSP_ORIGIN.test(origin));
  if (broken === undefined) return ["'self'", ...others];
  throw new ConfigError(`${name} has an origin that cannot be put into a policy: "${broken}"`);
}

function isHttp({ protocol }: URL): boolean {
  return protocol === "https:" || protocol === "http:";
}

export function explained<Value>(name: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    throw new ConfigError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
