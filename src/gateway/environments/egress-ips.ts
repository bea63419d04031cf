import { z } from "zod";
import type { GatewayDeps } from "../deps.ts";
import { route, type Route } from "../route.ts";

type Deps = Pick<GatewayDeps, "endpointSettings">;

const EGRESS_IPS_OUT = z
  .object({
    egressIps: z
      .array(z.string())
      .readonly()
      .describe("Addresses and subnets (CIDR), as EGRESS_IPS has them; empty if it was not set"),
  })
  .meta({ id: "EgressIpsOut" });

/** For whoever has to let us through a firewall. */
export function egressIpRoutes(deps: Deps): readonly Route[] {
  return [
    route({
      method: "get",
      path: "/egress-ips",
      operationId: "v1.environment.get-egress-ips",
      summary: "Get the addresses that attempts come from",
      access: "application",
      inTestMode: true,
      answers: { 200: EGRESS_IPS_OUT },
      handle: () =>
        Promise.resolve({ status: 200, body: { egressIps: deps.endpointSettings.egressIps } }),
    }),
  ];
}
