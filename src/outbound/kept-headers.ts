import type { IncomingHttpHeaders } from "node:http";

type Pair = readonly [string, string];

const HEADERS_MAX = 64;
const LENGTH_MAX = 8_192;

/** An answer's headers as pairs, as many as are worth keeping. */
export function keptHeaders(headers: IncomingHttpHeaders): readonly Pair[] {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((text): Pair => [name, text]),
  );
  let length = 0;
  return pairs.slice(0, HEADERS_MAX).filter(([name, value]) => {
    length += name.length + value.length;
    return length <= LENGTH_MAX;
  });
}
