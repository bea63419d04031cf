import type { Accept } from "../delivery/accept.ts";
import type { SignatureType } from "../signing/secret.ts";
import type { Catalogue } from "../store/catalogue.ts";
import type { SignToken } from "./sign-token.ts";

/** What the routes work with. */
export type GatewayDeps = Catalogue & {
  readonly accept: Accept;
  readonly signToken: SignToken;
  /** The kind of secret that an endpoint gets when its owner brings none. */
  readonly signatureType: SignatureType;
};
