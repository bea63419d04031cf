import type { Principal } from "../access/principal.ts";
import type { GatewayDeps } from "../deps.ts";
import { checkHttps } from "../endpoints/https-only.ts";
import { missingEventTypes } from "../endpoints/missing-event-types.ts";
import { allValid, invalid } from "../http/problem.ts";
import { wantedTypes } from "./webhook-record.ts";

type Deps = Pick<GatewayDeps, "endpointSettings" | "eventTypes" | "organizations">;

type Content = {
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
};

/** Throws a ProblemError (422) that names all that is only wrong with this organization. */
export async function checkWebhook(deps: Deps, principal: Principal, { url, events }: Content) {
  await allValid(
    checkHttps(deps, principal.organizationId, url),
    checkEvents(deps, principal, events ?? []),
  );
}

async function checkEvents(deps: Deps, principal: Principal, events: readonly string[]) {
  const missing = await missingEventTypes(deps, principal, wantedTypes(events) ?? []);
  if (missing.length === 0) return;
  const fields = missing.map((name) => ({
    loc: ["body", "events", String(events.indexOf(name))],
    msg: `There is no event type ${name}`,
    type: "value_error" as const,
  }));
  throw invalid(fields);
}
