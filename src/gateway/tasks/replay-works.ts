import type { z } from "zod";
import type { ReplayWork } from "../../domain/background-task.ts";
import type { Catalogue } from "../../store/catalogue.ts";
import { findEnabledEndpoint } from "../endpoints/enabled-endpoint.ts";
import type { PathCall } from "../route.ts";
import { filterIn } from "./replay-record.ts";
import {
  RECOVER_DAYS_MAX,
  type BULK_REPLAY_IN,
  type RECOVER_IN,
  type REPLAY_IN,
} from "./replay-schemas.ts";
import { rangeIn } from "./task-range.ts";

/** What a call asks for. Each throws a ProblemError if it cannot be, or its endpoint is not there. */

type Deps = Pick<Catalogue, "applications" | "endpoints">;

type Asked<Schema extends z.ZodType> = PathCall & {
  readonly body: z.output<Schema>;
  /** A preview is asked without. */
  readonly query?: { readonly retry: boolean } | undefined;
};

export async function recoverWork(deps: Deps, call: Asked<typeof RECOVER_IN>): Promise<ReplayWork> {
  const range = rangeIn(call.body, Date.now(), RECOVER_DAYS_MAX);
  return { type: "endpoint.recover", ...(await endpointIn(deps, call)), range, ...retryIn(call) };
}

export async function missingWork(deps: Deps, call: Asked<typeof REPLAY_IN>): Promise<ReplayWork> {
  const range = rangeIn(call.body, Date.now());
  return { type: "endpoint.replay", ...(await endpointIn(deps, call)), range, ...retryIn(call) };
}

export async function bulkWork(
  deps: Deps,
  call: Asked<typeof BULK_REPLAY_IN>,
): Promise<ReplayWork> {
  const range = rangeIn(call.body, Date.now());
  const at = { ...(await endpointIn(deps, call)), range, ...retryIn(call) };
  return { type: "endpoint.bulk-replay", ...at, filter: filterIn(call.body) };
}

async function endpointIn(deps: Deps, call: PathCall) {
  const { id: endpointId, applicationId } = await findEnabledEndpoint(deps, call);
  return { applicationId, endpointId };
}

function retryIn({ query }: Pick<Asked<z.ZodType>, "query">) {
  return query?.retry === true ? ({ retry: true } as const) : {};
}
