import { z } from "zod";
import { TEXT } from "../input/fields.ts";
import { problem } from "../http/problem.ts";
import { SIMPLE_BASE, type PathCall } from "../route.ts";

const APPLICATION_LENGTH_MAX = 256;

/** What all operations below SIMPLE_BASE have in common: whoever's key it is need not say whose. */
export const SIMPLE = {
  base: SIMPLE_BASE,
  group: "Webhooks (simple)",
  inTestMode: true,
} as const;

export const NO_APPLICATION = {
  400: "The token or key is the organization's, and no application is named; or as everywhere",
  404: "There is no such application, or what the path names is not there",
};

export const APPLICATION_QUERY = z.object({
  application: TEXT.min(1)
    .max(APPLICATION_LENGTH_MAX)
    .optional()
    .describe(
      "Which application, by its id or uid: needed with a token or key of the organization; an " +
        "application's own has only one",
    ),
});

type SimpleCall = PathCall & { readonly query: { readonly application?: string | undefined } };

/**
 * The same call as if its path named the application, and the webhook as an endpoint. Throws a
 * ProblemError (400) if nobody says which application.
 */
export function ofApplication<Call extends SimpleCall>(call: Call): Call {
  const { params, query, principal } = call;
  const application = query.application ?? principal.applicationId;
  if (application === null) {
    const whose = "The token or key is the organization's: say for which application this is";
    const how = "by its id or uid, as ?application=… in the URL, or use a key of the application";
    throw problem(400, "application_required", `${whose}, ${how}`);
  }
  const { webhook_id = "" } = params;
  return { ...call, params: { ...params, app_id: application, endpoint_id: webhook_id } };
}
