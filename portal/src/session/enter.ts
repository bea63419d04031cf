import { ApiError } from "../api/api-error.ts";
import { answerOf, createApiClient } from "../api/client.ts";
import { keep, kept } from "./kept.ts";
import type { Link, PortalKey } from "./link.ts";
import { sessionOf, type Session } from "./session.ts";

/** How the reader came in: with a session, or why without. */
export type Entry =
  | { readonly kind: "session"; readonly session: Session }
  | { readonly kind: "no-link" }
  | { readonly kind: "expired" }
  | { readonly kind: "unreachable" };

const KEPT_SESSION = "posthorn-session";

/** Exchanges the link's key, which works once; without a key, takes up what this tab has had. */
export async function enter(
  baseUrl: string,
  { key, customer }: Pick<Link, "key" | "customer">,
): Promise<Entry> {
  if (key !== undefined) return exchange(baseUrl, key, customer);
  // Only we write there, so it is what we kept.
  const session = kept(KEPT_SESSION) as Session | undefined;
  if (session === undefined) return { kind: "no-link" };
  const isOver = session.expiresAtMs !== null && session.expiresAtMs <= Date.now();
  return isOver ? { kind: "expired" } : { kind: "session", session };
}

async function exchange(
  baseUrl: string,
  { appId, oneTimeToken }: PortalKey,
  customer: string | undefined,
): Promise<Entry> {
  const client = createApiClient({ baseUrl, token: undefined });
  try {
    const { token, capabilities } = await answerOf(
      client.POST("/api/v1/auth/one-time-token", { body: { oneTimeToken } }),
    );
    const session = {
      ...sessionOf(appId, token, capabilities),
      ...(customer !== undefined && { customer }),
    };
    keep(KEPT_SESSION, session);
    return { kind: "session", session };
  } catch (error) {
    return { kind: error instanceof ApiError && isRefusal(error) ? "expired" : "unreachable" };
  }
}

/** A link that was not looked at, because the server is down or busy, may be good yet. */
function isRefusal({ status }: ApiError): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
