import { SignJWT } from "jose";
import type { TokenClaims } from "../../store/catalogue-tokens.ts";

/** The same claims give the same token. */
export type SignToken = (claims: TokenClaims) => Promise<string>;

export function createSignToken(jwtSecret: string): SignToken {
  const key = new TextEncoder().encode(jwtSecret);
  return async (claims) =>
    new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(key);
}
