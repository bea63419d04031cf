import { readdirSync, readFileSync, statSync } from "node:fs";

/** What the build of the portal made, as far as serving it is concerned. */
export type PortalBuild = {
  /** The page, for one answer. */
  page(nonce: string): string;
  /** Names of the files below assets/. Nothing else is served. */
  readonly assets: ReadonlySet<string>;
  readonly assetsDirectory: URL;
};

export type FindBuild = () => PortalBuild | undefined;

type Kept = { readonly builtAtMs: number; readonly build: PortalBuild };

/** Finds it again after it was built anew: whoever works on the portal does so often. */
export function createFindBuild(directory: URL, path: string): FindBuild {
  const page = new URL("index.html", directory);
  let kept: Kept | undefined;
  return () => {
    const builtAtMs = statSync(page, { throwIfNoEntry: false })?.mtimeMs;
    if (builtAtMs === undefined) return undefined;
    if (kept?.builtAtMs !== builtAtMs) kept = { builtAtMs, build: readBuild(directory, path) };
    return kept.build;
  };
}

function readBuild(directory: URL, path: string): PortalBuild {
  const assetsDirectory = new URL("assets/", directory);
  const text = readFileSync(new URL("index.html", directory), "utf8");
  const page = text.replaceAll('"./assets/', `"${path}/portal/assets/`);
  return {
    page: (nonce) => page.replaceAll("%NONCE%", nonce),
    assets: new Set(readdirSync(assetsDirectory)),
    assetsDirectory,
  };
}
