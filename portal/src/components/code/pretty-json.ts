const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
const INDENT = "  ";

/**
 * With a line for each member; undefined where it is not JSON. Numbers, escapes and names that come
 * twice stay as they were written, which they would not if it were parsed and written again.
 */
export function prettyJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  let pretty = "";
  let depth = 0;
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (isCloser(token)) depth--;
    const isNewLine = before === "," || isOpener(before) !== isCloser(token);
    pretty += (isNewLine ? `\n${INDENT.repeat(depth)}` : "") + token + (token === ":" ? " " : "");
    if (isOpener(token)) depth++;
    before = token;
  }
  return pretty;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isOpener(token: string): boolean {
  return token === "{" || token === "[";
}

function isCloser(token: string): boolean {
  return token === "}" || token === "]";
}
