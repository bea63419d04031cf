import { z } from "zod";
import { checkSecret } from "../../signing/secret.ts";

const GRACE_PERIOD_S_MAX = 604_800;

/** Kept as it was given, with a prefix if it has none. */
export const SECRET = z
  .string()
  .transform((text, context) => {
    const message = checkSecret(text);
    if (message === undefined) return /^wh(sec|sk)_/.test(text) ? text : `whsec_${text}`;
    context.issues.push({ code: "custom", message, input: text });
    return z.NEVER;
  })
  .describe("What signs: whsec_ or whsk_ and base64; without one, a new one is made");

export const ENDPOINT_SECRET_OUT = z
  .object({ key: z.string().describe("whsec_…, or for an asymmetric key its public half, whpk_…") })
  .meta({ id: "EndpointSecretOut" });

export const ENDPOINT_SECRET_ROTATE_IN = z
  .object({
    key: SECRET.nullish(),
    gracePeriodSeconds: z
      .int()
      .min(0)
      .max(GRACE_PERIOD_S_MAX)
      .nullish()
      .describe("How long the old secret signs as well; without it, a day"),
  })
  .meta({ id: "EndpointSecretRotateIn" });
