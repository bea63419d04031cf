import { playIdOf } from "../../../api/plays.ts";
import type { EndpointIn, RequestFormatIn } from "../../../api/schema.d.ts";

/** A header of one's own; the key tells rows apart while they are edited. */
export type HeaderRow = { readonly key: string; readonly name: string; readonly value: string };

/** What the form has, as its fields want it. */
export type FormValues = {
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  readonly channels: readonly string[];
  readonly throttleRate: number | string;
  readonly headers: readonly HeaderRow[];
  readonly body: "payload" | "event-data";
  readonly authToken: string;
  readonly checksum: boolean;
};

export function emptyValues(url: string): FormValues {
  return {
    url,
    description: "",
    eventTypes: [],
    channels: [],
    throttleRate: "",
    headers: [],
    body: "payload",
    authToken: "",
    checksum: false,
  };
}

export function endpointIn(values: FormValues): EndpointIn {
  const { url, description, eventTypes, channels, throttleRate } = values;
  const headers = values.headers.filter(({ name }) => name.trim() !== "");
  return {
    url: url.trim(),
    description: description.trim(),
    ...(eventTypes.length > 0 && { eventTypes: [...eventTypes] }),
    ...(channels.length > 0 && { channels: [...channels] }),
    ...(typeof throttleRate === "number" && { throttleRate }),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value])),
    }),
  };
}

/** undefined where requests are to look as they do by themselves. */
export function requestFormatIn(values: FormValues): RequestFormatIn | undefined {
  const { body, authToken, checksum } = values;
  if (body === "payload" && authToken === "" && !checksum) return undefined;
  return { body, checksum, ...(authToken !== "" && { authToken }) };
}

const AUTH_TOKEN = /^[\x21-\x7e]{8,256}$/;

/** For each field that is not as it should be, what is wrong. */
export function faultsOf({ url, authToken }: FormValues) {
  return {
    ...(URL.parse(url.trim()) === null && {
      url: "Enter the whole URL, such as https://api.example.com/webhooks",
    }),
    ...(authToken !== "" &&
      !AUTH_TOKEN.test(authToken) && {
        authToken: "8 to 256 characters: letters, digits and signs, no spaces",
      }),
  };
}

/** Addresses that installations refuse to call, unless their operators made an exception. */
const NOT_PUBLIC =
  /^((.+\.)?localhost|(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168)\.[\d.]+|\[(::1?|::ffff:.+|f[cd].+|fe[89ab].+)\])$/;

/** What is worth saying of a URL that can be used; undefined: nothing. */
export function hintOf(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (url === null || playIdOf(url.href) !== undefined) return undefined;
  if (NOT_PUBLIC.test(url.hostname)) {
    return (
      "This is an address of your own machine or network, which is mostly out of reach from here. " +
      "A tunnel, or a testing URL from Play, works everywhere."
    );
  }
  if (url.protocol === "http:") {
    return "With http, everybody on the way can read your messages. Use https if you can.";
  }
  if (url.hostname !== "" && !url.hostname.includes(".")) {
    return "A host name without a dot is mostly known in your own network only.";
  }
  return undefined;
}
