import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export const HOW_TO_GET_CHROMIUM =
  "Install one (Debian: apt-get install chromium; macOS: brew install --cask chromium), or name " +
  "the program of a Chrome in CHROMIUM_PATH.";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The system's own; CHROMIUM_PATH goes first. undefined where there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH: named, PATH: path = "" } = process.env;
  if (named !== undefined && named !== "") return named;
  const places = path.split(delimiter).filter((folder) => folder !== "");
  const programs = NAMES.flatMap((name) => places.map((folder) => join(folder, name)));
  return [...programs, ...APPLICATIONS].find((program) => existsSync(program));
}
