import { hash } from "node:crypto";
import express, { type RequestHandler, type Router } from "express";
import type { Route } from "../route.ts";
import type { OpenApiDocument } from "./openapi-document.ts";
import { openApiDocument } from "./openapi.ts";
import { referencePage } from "./reference-page.ts";

/** To be asked about again each time, which costs a 304: a new version may have changed it. */
const CACHE_CONTROL = "no-cache";

/** The page brings all that it needs, and runs no script. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** What documents the routes: for programs /api/v1/openapi.json, for people /docs. */
export function reference(routes: readonly Route[]): Router {
  const router = express.Router();
  const document = once(() => openApiDocument(routes));
  const json = once(() => JSON.stringify(document()));
  router.get("/api/v1/openapi.json", kept("application/json", json));
  router.get("/docs", kept("text/html", page(document)));
  router.get("/", (_request, response) => response.redirect(307, "/docs"));
  return router;
}

function page(document: () => OpenApiDocument): () => string {
  return once(() => referencePage(document()));
}

function kept(type: string, text: () => string): RequestHandler {
  const etag = once(() => `"${hash("sha256", text(), "base64url")}"`);
  return (_request, response) => {
    response.set({ etag: etag(), "cache-control": CACHE_CONTROL });
    if (type === "text/html") response.set("content-security-policy", CONTENT_SECURITY_POLICY);
    // Answers a 304 by itself where the client has this already.
    response.type(type).send(text());
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
