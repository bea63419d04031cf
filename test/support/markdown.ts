/** A fenced block of a document. */
export type Block = {
  readonly language: string;
  readonly text: string;
  /** What the line before it names, as "`receiver.mjs`:"; undefined if it names nothing. */
  readonly fileName: string | undefined;
};

export function blocksOf(markdown: string): readonly Block[] {
  const fences = markdown.matchAll(/(?:^`([\w.-]+)`:\n\n)?^```(\w+)\n(.*?)^```$/gms);
  return [...fences].map(([, fileName, language = "", text = ""]) => ({
    language,
    text,
    fileName,
  }));
}

/** Whether `actual` has all that `shown` shows; "…" in a shown text stands for anything. */
export function isAsShown(shown: unknown, actual: unknown): boolean {
  if (typeof shown === "string") return typeof actual === "string" && fits(shown, actual);
  if (Array.isArray(shown)) {
    return (
      Array.isArray(actual) &&
      actual.length === shown.length &&
      shown.every((one, i) => isAsShown(one, actual[i]))
    );
  }
  if (typeof shown !== "object" || shown === null) return Object.is(shown, actual);
  if (typeof actual !== "object" || actual === null) return false;
  const found = new Map(Object.entries(actual));
  return Object.entries(shown).every(([name, value]) => isAsShown(value, found.get(name)));
}

function fits(shown: string, actual: string): boolean {
  const parts = shown.split("…").map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(actual);
}
