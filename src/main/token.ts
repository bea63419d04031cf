import { SignJWT } from "jose";
import { TOKEN_ISSUER } from "../gateway/authenticate.ts";

export type TokenSubject = {
  readonly organizationId: string;
  /** Confines the token to one application, by its id. */
  readonly applicationId?: string;
};

const ORGANIZATION_TOKEN_LIFE = "10 years";
const APPLICATION_TOKEN_LIFE = "28 days";

/** A bearer token for the API. */
export async function makeToken(
  jwtSecret: string,
  { organizationId, applicationId }: TokenSubject,
): Promise<string> {
  const isWhole = applicationId === undefined;
  return new SignJWT(isWhole ? {} : { org: organizationId })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(TOKEN_ISSUER)
    .setSubject(applicationId ?? organizationId)
    .setIssuedAt()
    .setNotBefore("0 seconds")
    .setExpirationTime(isWhole ? ORGANIZATION_TOKEN_LIFE : APPLICATION_TOKEN_LIFE)
    .sign(new TextEncoder().encode(jwtSecret));
}
