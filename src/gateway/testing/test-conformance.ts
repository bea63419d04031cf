import type { RequestListener } from "node:http";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { HTTP_ERROR_OUT, HTTP_VALIDATION_ERROR } from "../http/problem-schemas.ts";
import { refusals } from "../reference/openapi-refusals.ts";
import { collectSchemas } from "../reference/openapi-schemas.ts";
import { servedPath, type Route } from "../route.ts";

type Served = { readonly route: Route; readonly path: RegExp };
type Answered = { readonly method: string; readonly path: string; readonly status: number };

/** Holds each answer of `app` to what is documented of the operation that gave it. */
export function watchAnswers(
  app: RequestListener,
  routes: readonly Route[],
): { readonly listener: RequestListener; readonly faults: readonly string[] } {
  const served = routes.map((route) => ({ route, path: pathOf(route) }));
  const faults: string[] = [];

  const listener: RequestListener = (request, response) => {
    const end = response.end.bind(response) as (...parts: readonly unknown[]) => typeof response;
    response.end = (...parts: readonly unknown[]) => {
      const { method = "", url = "" } = request;
      const path = new URL(url, "http://gateway").pathname.replace(/\/$/, "");
      const answered = { method: method.toLowerCase(), path, status: response.statusCode };
      const text = typeof parts[0] === "string" ? parts[0] : textOf(parts[0]);
      const fault = faultOf(served, answered, text);
      if (fault !== undefined)
        faults.push(`${method} ${path} ${answered.status}: ${fault}\n${text}`);
      return end(...parts);
    };
    app(request, response);
  };
  return { listener, faults };
}

function pathOf(route: Route): RegExp {
  return new RegExp(`^${servedPath(route).replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}

function textOf(part: unknown): string {
  return part instanceof Uint8Array ? Buffer.from(part).toString() : "";
}

/** What no operation is served for, the documentation says nothing about. */
function faultOf(
  served: readonly Served[],
  { method, path, status }: Answered,
  text: string,
): string | undefined {
  const found = served.find((one) => one.route.method === method && one.path.test(path));
  if (found === undefined) return undefined;
  if (!isDocumented(found.route, status)) return "is not documented";
  // What is told over time is no body.
  const { events, download } = found.route;
  if ((events ?? download) !== undefined && status === 200) return undefined;
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const schema = schemaOf(found.route, status);
  const result = schema.safeParse(body);
  if (!result.success) return z.prettifyError(result.error);
  return isDeepStrictEqual(result.data, body) ? undefined : "has fields that are not documented";
}

function isDocumented(route: Route, status: number): boolean {
  const refusal = refusals(route, collectSchemas())[status];
  return status in route.answers || (refusal !== undefined && refusal["x-reserved"] !== true);
}

function schemaOf({ answers }: Route, status: number): z.ZodType {
  const own = answers[status];
  if (own !== undefined) return own ?? z.undefined();
  return status === 422 ? HTTP_VALIDATION_ERROR : HTTP_ERROR_OUT;
}
