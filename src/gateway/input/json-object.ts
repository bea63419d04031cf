export type Members = Readonly<Record<string, unknown>>;

/** Whether it is what JSON calls an object: a list or null is none. */
export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
