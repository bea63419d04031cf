import { fileURLToPath } from "node:url";
import type { RequestHandler } from "express";
import type { FindBuild } from "./portal-build.ts";

/** Their names have a hash of their contents. */
const CACHE_CONTROL = "public, max-age=31536000, immutable";

const ENCODINGS = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

/** What the page loads, as it was compressed when it was built. */
export function serveAssets(findBuild: FindBuild): RequestHandler {
  return (request, response, next) => {
    const build = findBuild();
    const name = request.path.slice(1);
    if (build === undefined || !build.assets.has(name)) return next();
    if (request.method !== "GET" && request.method !== "HEAD") return next();

    const encoding = ENCODINGS.find(
      ({ name: encoded, suffix }) =>
        build.assets.has(name + suffix) && request.acceptsEncodings(encoded) === encoded,
    );
    response.set({ "x-content-type-options": "nosniff", vary: "accept-encoding" });
    if (encoding !== undefined) response.set("content-encoding", encoding.name);
    response.type(name.slice(name.lastIndexOf(".")));
    const file = fileURLToPath(new URL(name + (encoding?.suffix ?? ""), build.assetsDirectory));
    const headers = { "cache-control": CACHE_CONTROL };
    response.sendFile(file, { cacheControl: false, headers, dotfiles: "allow" });
  };
}
