import { parseColor } from "../theme/colors.ts";
import type { Appearance } from "../theme/theme.ts";
import { decodeBase64Url } from "./session.ts";

/** What a link to the portal asks for besides its key. A producer's page adds it to the link. */
export type Embedding = Appearance & {
  /** undefined: as the reader's system, or as they chose. */
  readonly colorScheme: "light" | "dark" | undefined;
  /** Of an image, https. */
  readonly icon: string | undefined;
  readonly hideNavigation: boolean;
  readonly noGutters: boolean;
};

export type PortalKey = { readonly appId: string; readonly oneTimeToken: string };

export type Link = {
  readonly key: PortalKey | undefined;
  /** undefined where the link says nothing of it. */
  readonly embedding: Embedding | undefined;
  /** A path within the portal: /endpoints. */
  readonly next: string | undefined;
  /** Whose webhooks they are, for those who look at many customers'. */
  readonly customer: string | undefined;
};

const CUSTOMER_CHARACTERS_MAX = 80;
const PARAMETERS = [
  "primaryColorLight",
  "primaryColorDark",
  "primaryColor",
  "darkMode",
  "fontFamily",
  "icon",
  "hideNavigation",
  "noGutters",
];
const FONT = /^[\p{L}\p{N} _-]{1,64}$/u;
/** No host, no backslash that browsers take for a slash. */
const NEXT = /^\/(?![/\\])[\w\-./~%?=&,:]*$/;

/** Reads what stands behind the # or the ? of a link. What is not as it should be is passed over. */
export function readLink(search: string, hash: string): Link {
  const given = new URLSearchParams([
    ...new URLSearchParams(search),
    ...new URLSearchParams(hash.replace(/^#/, "")),
  ]);
  // Who copies the path from a browser's address has the portal's own before it.
  const next = given.get("next")?.replace(/^\/portal(?=\/)/, "");
  return {
    key: keyOf(given.get("key")),
    embedding: PARAMETERS.some((name) => given.has(name)) ? embeddingOf(given) : undefined,
    next: next !== undefined && NEXT.test(next) ? next : undefined,
    customer: given.get("customer")?.trim().slice(0, CUSTOMER_CHARACTERS_MAX) || undefined,
  };
}

/** The URL's search without what a link to the portal may carry. */
export function withoutLink(search: string): string {
  const rest = new URLSearchParams(search);
  for (const name of [...PARAMETERS, "key", "next", "customer"]) rest.delete(name);
  return rest.size === 0 ? "" : `?${rest.toString()}`;
}

function keyOf(text: string | null): PortalKey | undefined {
  if (text === null) return undefined;
  try {
    const { appId, oneTimeToken } = JSON.parse(decodeBase64Url(text)) as Record<string, unknown>;
    if (typeof appId !== "string" || typeof oneTimeToken !== "string") return undefined;
    return { appId, oneTimeToken };
  } catch {
    return undefined;
  }
}

function embeddingOf(given: URLSearchParams): Embedding {
  const color = parseColor(given.get("primaryColor"));
  const font = given.get("fontFamily")?.trim() ?? "";
  const dark = given.get("darkMode");
  return {
    primaryColorLight: parseColor(given.get("primaryColorLight")) ?? color,
    primaryColorDark: parseColor(given.get("primaryColorDark")) ?? color,
    fontFamily: FONT.test(font) ? font : undefined,
    colorScheme: dark === null ? undefined : isOn(dark) ? "dark" : "light",
    icon: imageUrl(given.get("icon")),
    hideNavigation: isOn(given.get("hideNavigation")),
    noGutters: isOn(given.get("noGutters")),
  };
}

function isOn(text: string | null): boolean {
  return text === "true" || text === "1";
}

function imageUrl(text: string | null): string | undefined {
  const url = text === null ? null : URL.parse(text);
  return url?.protocol === "https:" ? url.href : undefined;
}
