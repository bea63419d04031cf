/** Who uses the portal, and what they may do there. */
export type Session = {
  readonly token: string;
  readonly appId: string;
  readonly capabilities: readonly string[];
  /** null: it does not expire. */
  readonly expiresAtMs: number | null;
  readonly mode: "live" | "test";
  /** Whose webhooks they are, where that is not plain: for an operator who looks at them. */
  readonly customer?: string;
};

export type Capability =
  | "ViewEndpointSecret"
  | "ManageEndpointSecret"
  | "ManageTransformations"
  | "CreateAttempts"
  | "ManageEndpoint";

/** Looking is all that it may do. */
export function isReadOnly({ capabilities }: Session): boolean {
  return !capabilities.some((one) => one !== "ViewBase" && one !== "ViewEndpointSecret");
}

type Claims = { readonly exp?: number; readonly mode?: string };

export function sessionOf(appId: string, token: string, capabilities: readonly string[]): Session {
  const { exp, mode } = claimsOf(token);
  return {
    token,
    appId,
    capabilities,
    expiresAtMs: exp === undefined ? null : exp * 1_000,
    mode: mode === "test" ? "test" : "live",
  };
}

/** What the token says of itself. Whether it is true, the API finds out at each call. */
function claimsOf(token: string): Claims {
  try {
    return JSON.parse(decodeBase64Url(token.split(".")[1] ?? "")) as Claims;
  } catch {
    return {};
  }
}

/** Throws if it is not base64url of UTF-8. */
export function decodeBase64Url(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
