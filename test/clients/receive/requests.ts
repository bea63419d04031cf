import { signatureHeaders, type HeaderSet } from "../../../src/signing/sign.ts";

/** More than the five minutes that clocks may differ, and the time that a test takes. */
const OLD_S = 360;

export type Case = {
  readonly what: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
};

type Signed = {
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly agoS?: number;
  readonly headerSet?: HeaderSet;
};

/** Requests made by hand, and what a receiver that knows `secret` has to answer to each. */
export function requestsBy(secret: string, otherSecret: string): readonly Case[] {
  const body = '{"total":100,"name":"Käse"}';
  const signed = (id: string, changes: Partial<Signed> = {}) =>
    sign({ id, body, secrets: [secret], ...changes });
  const [, bare = ""] = (signed("msg_bare")["webhook-signature"] ?? "").split(",");
  const instead = (id: string, headers: Record<string, string>) => ({
    ...signed(id, { headerSet: "webhook" }),
    ...headers,
  });
  const genuine = [
    ["a genuine one", signed("msg_both")],
    ["one with webhook-* names alone", signed("msg_webhook", { headerSet: "webhook" })],
    ["one with svix-* names alone", signed("msg_svix", { headerSet: "svix" })],
    ["one of several signatures", signed("msg_list", { secrets: [otherSecret, secret] })],
  ] as const;
  const forged = [
    ["a wrong secret", signed("msg_wrong", { secrets: [otherSecret] })],
    ["a changed body", signed("msg_body", { body: `${body} ` })],
    ["an old timestamp", signed("msg_old", { agoS: OLD_S })],
    ["a timestamp from the future", signed("msg_new", { agoS: -OLD_S })],
    ["a changed id", { ...signed("msg_a"), "webhook-id": "msg_b", "svix-id": "msg_b" }],
    ["a timestamp that is none", instead("msg_soon", { "webhook-timestamp": "soon" })],
    ["a timestamp that is too long", instead("msg_1", { "webhook-timestamp": "9".repeat(400) })],
    ["no signature", instead("msg_2", { "webhook-signature": "" })],
    ["a signature of no version", instead("msg_bare", { "webhook-signature": bare })],
    ["a signature of another version", instead("msg_bare", { "webhook-signature": `v2,${bare}` })],
    ["a signature that is no ASCII", instead("msg_3", { "webhook-signature": "v1,\u00e9" })],
    ["none of the headers", {}],
  ] as const;
  return [
    ...genuine.map(([what, headers]) => ({ what, headers, body, status: 204 })),
    ...forged.map(([what, headers]) => ({ what, headers, body, status: 401 })),
    { what: "nothing at all", headers: {}, body: "", status: 401 },
  ];
}

export function sign({ id, body, secrets, agoS = 0, headerSet = "both" }: Signed) {
  const timestampS = Math.floor(Date.now() / 1_000) - agoS;
  return signatureHeaders({
    messageId: id,
    timestampS,
    body: Buffer.from(body),
    secrets,
    headerSet,
  });
}

export async function answerTo(
  url: string,
  { headers, body }: Pick<Case, "headers" | "body">,
): Promise<number> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}
