/** Of JSON that somebody types: why it is no object; undefined where it is one, or empty. */
export function jsonFault(text: string): string | undefined {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? undefined : "It has to be an object: { … }";
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Of text that has no fault. */
export function objectOf(text: string): Readonly<Record<string, unknown>> {
  return text.trim() === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
