import { PLAIN_FORMAT, type RequestFormat } from "../../domain/request-format.ts";
import { findEndpoint } from "../applications/find-application.ts";
import type { GatewayDeps } from "../deps.ts";
import { notFound } from "../http/problem.ts";
import { route, type PathCall, type Route } from "../route.ts";
import {
  checkHeadersFree,
  patchedFormat,
  requestFormatIn,
  requestFormatOut,
} from "./request-format-record.ts";
import {
  REQUEST_FORMAT_IN,
  REQUEST_FORMAT_OUT,
  REQUEST_FORMAT_PATCH,
} from "./request-format-schemas.ts";

type Deps = Pick<GatewayDeps, "applications" | "endpoints" | "requestFormats" | "endpointSettings">;

const PATH = "/app/{app_id}/endpoint/{endpoint_id}/request-format";
const MANAGING = { access: "application", capability: "ManageEndpoint" } as const;
const SECRET = "the secret that was agreed on";

/** How an endpoint's requests look, apart from what the API's other clients know of it. */
export function requestFormatRoutes(deps: Deps): readonly Route[] {
  return [getFormat(deps), setFormat(deps), patchFormat(deps), deleteFormat(deps)];
}

function getFormat(deps: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.endpoint.get-request-format",
    summary: "Get how an endpoint's requests look, its secrets masked",
    access: "application",
    answers: { 200: REQUEST_FORMAT_OUT },
    async handle(call) {
      const { id } = await findEndpoint(deps, call);
      return { status: 200, body: requestFormatOut(await deps.requestFormats.find(id)) };
    },
  });
}

function setFormat(deps: Deps): Route {
  return route({
    method: "put",
    path: PATH,
    operationId: "v1.endpoint.set-request-format",
    summary: "Set how an endpoint's requests look, in place of how they did",
    ...MANAGING,
    body: REQUEST_FORMAT_IN,
    example: { body: "event-data", hexSignature: { secret: SECRET } },
    answers: { 200: REQUEST_FORMAT_OUT },
    async handle(call) {
      const format = requestFormatIn(call.body, deps.endpointSettings.hexSignatureHeader);
      return { status: 200, body: await changed(deps, call, () => format) };
    },
  });
}

function patchFormat(deps: Deps): Route {
  return route({
    method: "patch",
    path: PATH,
    operationId: "v1.endpoint.patch-request-format",
    summary: "Change some of how an endpoint's requests look",
    ...MANAGING,
    body: REQUEST_FORMAT_PATCH,
    example: { authToken: "a-token-they-chose", checksum: true },
    answers: { 200: REQUEST_FORMAT_OUT },
    async handle(call) {
      const header = deps.endpointSettings.hexSignatureHeader;
      const change = (found: RequestFormat) => patchedFormat(found, call.body, header);
      return { status: 200, body: await changed(deps, call, change) };
    },
  });
}

function deleteFormat(deps: Deps): Route {
  return route({
    method: "delete",
    path: PATH,
    operationId: "v1.endpoint.delete-request-format",
    summary: "Have an endpoint's requests look as any other's",
    ...MANAGING,
    answers: { 204: null },
    async handle(call) {
      await changed(deps, call, () => PLAIN_FORMAT);
      return { status: 204 };
    },
  });
}

async function changed(
  deps: Deps,
  call: PathCall,
  change: (found: RequestFormat) => RequestFormat,
) {
  const { id } = await findEndpoint(deps, call);
  const headers = await deps.endpoints.headers(id);
  const checked = (found: RequestFormat) => checkHeadersFree(change(found), headers);
  const format = await deps.requestFormats.change(id, checked, Date.now());
  if (format === undefined) throw notFound();
  return requestFormatOut(format);
}
