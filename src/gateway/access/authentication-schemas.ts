import { z } from "zod";
import { APPLICATION_IN } from "../applications/application-schemas.ts";
import { NAME, unique } from "../input/fields.ts";
import { MODE, SCOPE } from "./api-key-schemas.ts";
import { CAPABILITIES } from "./capabilities.ts";
import { SESSION_ID } from "./token-claims.ts";

const FEATURE_FLAGS_MAX = 25;
const LIFE_MIN_S = 3_600;
/** 7 days. */
export const LIFE_MAX_S = 604_800;
/** 3 days. */
const DELAY_MAX_S = 259_200;
const SESSIONS_MAX = 1_000;

const CAPABILITY = z.enum(CAPABILITIES).meta({ id: "AppPortalCapability" });

export const APP_PORTAL_ACCESS_IN = z
  .object({
    featureFlags: z
      .array(NAME)
      .max(FEATURE_FLAGS_MAX)
      .transform(unique)
      .nullish()
      .describe("Which of the event types that have feature flags the session sees"),
    application: APPLICATION_IN.nullish().describe(
      "Creates the application, if there is none that has the uid in the path",
    ),
    capabilities: z
      .array(CAPABILITY)
      .nullish()
      .describe(
        "What the session may do: all, if none are named. ViewBase, to look at everything but " +
          "secrets, is always among them; ManageEndpoint includes the endpoints' secrets",
      ),
    readOnly: z.boolean().nullish().meta({
      deprecated: true,
      description: "Allows ViewBase and nothing else, whatever the capabilities say",
    }),
    expiry: z
      .int()
      .min(LIFE_MIN_S)
      .max(LIFE_MAX_S)
      .nullish()
      .describe(
        "How many seconds the session lasts: an hour to 7 days, which it is if none is named",
      ),
    sessionId: SESSION_ID.nullish().describe(
      "Your name for whoever uses the session, to revoke it by",
    ),
  })
  .meta({ id: "AppPortalAccessIn" });

export const APP_PORTAL_ACCESS_OUT = z
  .object({
    url: z.string().describe("Opens the session once, in a browser: for one person, soon"),
    token: z.string().describe("The session's token, for calls to this API"),
  })
  .meta({ id: "AppPortalAccessOut" });

export const ONE_TIME_TOKEN_IN = z
  .object({ oneTimeToken: z.string().describe("From the URL of a portal's access") })
  .meta({ id: "OneTimeTokenIn" });

export const ONE_TIME_TOKEN_OUT = z
  .object({
    token: z.string().describe("The session's token"),
    capabilities: z.array(CAPABILITY).describe("With what they imply"),
  })
  .meta({ id: "OneTimeTokenOut" });

export const EXPIRE_ALL_IN = z
  .object({
    expiry: z
      .int()
      .min(0)
      .max(DELAY_MAX_S)
      .nullish()
      .describe("How many seconds the tokens still work: none, if it is not named"),
    sessionIds: z
      .array(SESSION_ID)
      .max(SESSIONS_MAX)
      .transform(unique)
      .nullish()
      .describe("Revokes the tokens of these sessions only"),
  })
  .meta({ id: "ApplicationTokenExpireIn" });

export const WHOAMI_OUT = z
  .object({
    envId: z.string().nullable().describe("The organization"),
    appId: z
      .string()
      .nullable()
      .describe("The application; null for an organization's token or key"),
    streamAppId: z.string().nullable().describe("Always null: there are no streams"),
    permissionSource: z
      .enum(["OidcJwt", "SvixJwt", "RegionalAuthToken", "GlobalAuthToken", "Unknown"])
      .describe("SvixJwt for a token, RegionalAuthToken for an API key; nothing else"),
    sessionId: z.string().nullable(),
    capabilities: z.array(CAPABILITY).describe("With what they imply"),
    featureFlags: z
      .array(z.string())
      .nullable()
      .describe("Which of the event types that have feature flags are seen; null: all"),
    mode: MODE.describe("In test mode an application that is named stands for its sandbox"),
    scopes: z.array(SCOPE).describe("All, unless it is a key"),
    apiKeyId: z.string().nullable().describe("null for a token"),
  })
  .meta({ id: "WhoamiOut" });
