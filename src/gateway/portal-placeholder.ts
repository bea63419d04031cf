import type { RequestHandler } from "express";
import { html } from "./reference/html.ts";

const CONTENT_SECURITY_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'";

const PAGE = html`<!doctype html>
  <html lang="en">
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Portal</title>
    <h1>No portal here yet</h1>
    <p>
      The portal's pages are not part of this version. The token that was given with this link works
      with the API, which is described at <a href="/docs">/docs</a>.
    </p>
  </html> `;

/** Where the links to the portal lead. What is behind their # stays in the browser. */
export const portalPlaceholder: RequestHandler = (_request, response) => {
  response.set({
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "referrer-policy": "no-referrer",
  });
  response.type("text/html").send(PAGE.text);
};
