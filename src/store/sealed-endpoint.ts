import type { EndpointHeaders, EndpointSecret } from "../domain/records.ts";
import type { RequestFormat } from "../domain/request-format.ts";
import type { Sealer } from "./sealed.ts";

/** Reads and writes an endpoint's sealed columns. They are JSON inside the seal. */
export type SealedEndpoint = {
  sealHeaders(headers: EndpointHeaders): string;
  openHeaders(sealed: string): EndpointHeaders;
  sealSecrets(secrets: readonly EndpointSecret[]): string;
  openSecrets(sealed: string): readonly EndpointSecret[];
  sealFormat(format: RequestFormat): string;
  openFormat(sealed: string): RequestFormat;
  /** Of an answer that is kept. */
  sealText(text: string): string;
  openText(sealed: string): string;
  /** The secrets that sign at `nowMs` (Unix), the current one first. */
  signingSecrets(sealed: string, nowMs: number): readonly string[];
};

const PARSED_MAX = 10_000;

export function createSealedEndpoint(sealer: Sealer): SealedEndpoint {
  const openHeaders = remember((sealed) => JSON.parse(sealer.open(sealed)) as EndpointHeaders);
  const openSecrets = remember((sealed) => JSON.parse(sealer.open(sealed)) as EndpointSecret[]);
  const openFormat = remember((sealed) => JSON.parse(sealer.open(sealed)) as RequestFormat);
  return {
    sealHeaders: (headers) => sealer.seal(JSON.stringify(headers)),
    openHeaders,
    sealSecrets: (secrets) => sealer.seal(JSON.stringify(secrets)),
    openSecrets,
    sealFormat: (format) => sealer.seal(JSON.stringify(format)),
    openFormat,
    sealText: (text) => sealer.seal(text),
    openText: (sealed) => sealer.open(sealed),
    signingSecrets: (sealed, nowMs) =>
      openSecrets(sealed)
        .filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > nowMs)
        .map(({ key }) => key),
  };
}

/** Every attempt reads its endpoint's columns, and they seldom change: each text is parsed once. */
function remember<Value>(parse: (sealed: string) => Value): (sealed: string) => Value {
  const known = new Map<string, Value>();
  return (sealed) => {
    const found = known.get(sealed);
    if (found !== undefined) return found;
    const value = parse(sealed);
    if (known.size >= PARSED_MAX) known.clear();
    known.set(sealed, value);
    return value;
  };
}
