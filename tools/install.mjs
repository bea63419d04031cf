import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findNode, root } from "./paths.mjs";

const PROGRESS_MS = 15_000;

/** Runs `npm ci` if what is installed is not what package-lock.json says. */
export async function ensureInstalled() {
  if (!isInstalled()) await installDependencies();
  if (findNode() === undefined) {
    throw new Error(
      "Node 24 is not among the installed dependencies: its install script did not run. " +
        "Install it with `npm ci --include=dev --ignore-scripts=false`, or use Node 24 yourself.",
    );
  }
}

/**
 * npm notes what it installed, and does so last, so this also finds out an installation that was
 * interrupted. Packages for other platforms are optional and may be absent.
 */
function isInstalled() {
  const wanted = readPackages("package-lock.json");
  const installed = readPackages("node_modules/.package-lock.json");
  if (wanted === undefined) throw new Error(`There is no readable package-lock.json in ${root}`);
  if (installed === undefined || findNode() === undefined) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || optional || installed[path]?.version === version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

async function installDependencies() {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  console.error("posthorn: installing the dependencies (npm ci), once; usually under a minute");
  const progress = setInterval(
    () => console.error(`posthorn: still waiting for npm ci (${seconds()} s)`),
    PROGRESS_MS,
  );
  // Dev dependencies are wanted in any case: Node 24 is one. It runs all others, so what they ask
  // of Node is not asked of the one that runs npm. What npm says on stdout goes to our stderr.
  const npm = spawn(
    "npm",
    ["ci", "--include=dev", "--engine-strict=false", "--loglevel=error", "--progress=false"],
    {
      cwd: root,
      stdio: ["ignore", 2, 2],
    },
  );
  try {
    const [code, signal] = await once(npm, "exit");
    if (code !== 0) throw new Error(`npm ci failed (${signal ?? `code ${code}`}): see above`);
  } finally {
    clearInterval(progress);
  }
  console.error(`posthorn: installed in ${seconds()} s`);
}
