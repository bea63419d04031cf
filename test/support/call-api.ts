import type { Installation } from "./installation.ts";

/** A call below /api/v1 that the stock client does not have. Answers its body; throws if it is refused. */
export async function call(
  { url, token }: Pick<Installation, "url" | "token">,
  method: "POST" | "PUT" | "PATCH",
  path: string,
  body: object = {},
) {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
