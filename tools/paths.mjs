import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MAJOR = 24;

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Node 24: the one among the dependencies, else the one that runs this if it is new enough. */
export function findNode() {
  const installed = join(root, "node_modules/.bin/node");
  if (existsSync(installed)) return installed;
  return Number(process.versions.node.split(".")[0]) >= NODE_MAJOR ? process.execPath : undefined;
}
