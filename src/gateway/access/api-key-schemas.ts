import { z } from "zod";
import { MODES, SCOPES, scopesGiven } from "../../domain/api-key.ts";
import { TEXT } from "../input/fields.ts";
import { iterator, LIMIT, listOf, ORDER } from "../input/listing.ts";
import { TIME } from "../input/times.ts";

const NAME_LENGTH_MAX = 256;
const APPLICATION_LENGTH_MAX = 256;
/** 7 days. */
const GRACE_MAX_S = 604_800;
/** A day. */
export const GRACE_DEFAULT_S = 86_400;

export const MODE = z.enum(MODES).meta({ id: "ApiKeyMode" });
export const SCOPE = z.enum(SCOPES).meta({ id: "ApiKeyScope" });

const NAMED = TEXT.min(1).max(NAME_LENGTH_MAX).describe("For you, to tell your keys apart");
const ALLOWED = z
  .array(SCOPE)
  .min(1)
  .transform(scopesGiven)
  .describe(
    "What it may do: read (look), publish (send messages), manage (everything, the other two included)",
  );
/** What is no time at all is said to be none, and nothing else. */
const EXPIRY = TIME.refine((text) => !(Date.parse(text) <= Date.now()), {
  error: "Input should be in the future",
}).nullable();
const APPLICATION = TEXT.min(1).max(APPLICATION_LENGTH_MAX);

export const API_KEY_IN = z
  .object({
    name: NAMED,
    mode: MODE.default("live").describe("test: it works in sandboxes only"),
    scopes: ALLOWED.default(SCOPES),
    appId: APPLICATION.nullish().describe(
      "Confines it to one application, by id or uid; without it, it is for the organization",
    ),
    expiresAt: EXPIRY.optional().describe("When it ends by itself; null: never"),
  })
  .meta({ id: "ApiKeyIn" });

export const API_KEY_PATCH = z
  .object({
    name: NAMED.optional(),
    scopes: ALLOWED.optional(),
    expiresAt: EXPIRY.optional().describe("When it ends by itself; null: never"),
  })
  .meta({ id: "ApiKeyPatch" });

export const API_KEY_ROTATE_IN = z
  .object({
    gracePeriodSeconds: z
      .int()
      .min(0)
      .max(GRACE_MAX_S)
      .default(GRACE_DEFAULT_S)
      .describe("How long the secret before is still good"),
  })
  .meta({ id: "ApiKeyRotateIn" });

const API_KEY = z.object({
  id: z.string(),
  name: z.string(),
  mode: MODE,
  scopes: z.array(SCOPE),
  appId: z.string().nullable().describe("null: it is for the organization"),
  lastFour: z.string().describe("The last characters of its secret"),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe("To a minute; null: never"),
  expiresAt: z.iso.datetime().nullable().describe("null: never"),
});

export const API_KEY_OUT = API_KEY.meta({ id: "ApiKeyOut" });

export const NEW_API_KEY_OUT = z
  .object({
    ...API_KEY.shape,
    key: z.string().describe("The secret, shown now and never again: only its hash is kept"),
  })
  .meta({ id: "NewApiKeyOut" });

export const API_KEY_LIST_OUT = listOf(API_KEY_OUT, "ApiKeyOut");

export const API_KEY_LIST_QUERY = z.object({
  limit: LIMIT,
  iterator: iterator("key").optional(),
  order: ORDER.default("ascending").describe("By time of creation"),
  app_id: APPLICATION.optional().describe("Only those of this application, by id or uid"),
  mode: MODE.optional().describe("Only those of this mode"),
});
