import { randomBytes } from "node:crypto";
import express, { type RequestHandler, type Router } from "express";
import type { ApiSettings } from "../api-settings.ts";
import { serveAssets } from "./assets.ts";
import { createFindBuild } from "./portal-build.ts";
import { NOT_BUILT } from "./not-built.ts";

type Settings = Pick<ApiSettings, "publicUrl" | "portalFrameAncestors">;

const NONCE_BYTES = 16;
/** Each view of each of the three is the same page, which finds out itself what to show. */
const PAGES = ["portal", "console", "play"].flatMap((name) => [`/${name}`, `/${name}/*path`]);

/**
 * The pages for people: the portal of an application, the operator's console, and Play. `directory`
 * has what the build made. What stands behind the # of a link stays in the browser.
 */
export function portal(settings: Settings, directory: URL): Router {
  const router = express.Router();
  const findBuild = createFindBuild(directory, pathOf(settings.publicUrl));
  router.use("/portal/assets", serveAssets(findBuild));
  router.get(PAGES, servePage(findBuild, settings.portalFrameAncestors));
  return router;
}

/** Behind a proxy we may be below a path of the site, which only PUBLIC_URL tells. */
function pathOf(publicUrl: string | undefined): string {
  return publicUrl === undefined ? "" : new URL(publicUrl).pathname.replace(/\/$/, "");
}

function servePage(
  findBuild: ReturnType<typeof createFindBuild>,
  frameAncestors: readonly string[],
): RequestHandler {
  return (_request, response) => {
    const nonce = randomBytes(NONCE_BYTES).toString("base64url");
    response.set({
      "content-security-policy": policy(nonce, frameAncestors),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-cache",
    });
    const build = findBuild();
    response.status(build === undefined ? 503 : 200).type("text/html");
    response.send(build?.page(nonce) ?? NOT_BUILT);
  };
}

/** Scripts only from our files. Styles also from elements that the scripts make, by their nonce. */
function policy(nonce: string, frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    // The icon that a producer may put into the portal's header.
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors.join(" ")}`,
  ].join("; ");
}
