import type { JudgeEndpoint } from "../src/delivery/judge-endpoint.ts";
import type { Verdict, Waited } from "../src/domain/endpoint-health.ts";
import { withHeartbeats } from "./heartbeats.ts";

export type WatchActivityDeps = { readonly judgeEndpoint: JudgeEndpoint };

/** Says what has become of an endpoint, and disables one that failed for too long. */
export function createJudgeEndpointActivity({ judgeEndpoint }: WatchActivityDeps) {
  return (endpointId: string, waited: Waited | null): Promise<Verdict> =>
    withHeartbeats(() => judgeEndpoint(endpointId, waited));
}
