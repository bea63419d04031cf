/** What is shown is JavaScript: this is only for the test that runs it. */
export function isGenuine(
  secret: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: Uint8Array,
): boolean;
