#!/usr/bin/env node
import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "../config.ts";
import { UserError } from "./user-error.ts";
import { VERSION } from "./version.ts";

const HELP = `Posthorn ${VERSION}: sends webhooks, signed and retried, on Temporal.

  npm start                       all of it in one process, with a demo, on embedded defaults
  npm run -s posthorn -- COMMAND

Commands
  start      gateway, worker and (unless TEMPORAL_ADDRESS is set) a Temporal server of its own;
             keeps its data in .posthorn/ (DATA_DIR), or in Postgres if DATABASE_URL is set
  gateway    the HTTP API alone; needs DATABASE_URL, TEMPORAL_ADDRESS, JWT_SECRET
  worker     makes attempts; needs the same. Run as many of both as you like
  migrate    brings the database of DATABASE_URL up to this version
  token      --org org_… [--app app_…]   prints a token for the API and nothing else
  key        create|list|rotate key_…|revoke key_… --org org_…   an organization's API keys
               create: [--app app_… or uid] [--mode test] [--name …] [--scopes read,publish]
               [--expires 90d]; rotate: [--grace 1d]. Prints the new key and nothing else
  catalog    import runa|playground --org org_… [--replace]   creates event types, with schemas
             and examples; those that exist are kept unless they are to be replaced

Settings come from the environment; .env.example lists them all. The most used:
  PORT=8071   HOST=127.0.0.1   DATA_DIR=.posthorn   RETRY_SCHEDULE=5s,5m,30m,2h,5h,10h,10h
`;

type Arguments = ReturnType<typeof parse>["values"] & {
  /** What follows the command. */
  readonly words: readonly string[];
};

/** The commands that have words of their own. */
const WITH_WORDS: ReadonlySet<string> = new Set(["catalog", "key"]);

// Imported when called: what only some commands need takes the others a second to load.
const COMMANDS: Readonly<Record<string, (values: Arguments) => Promise<void>>> = {
  start: async () => (await import("./start.ts")).start(readConfig()),
  gateway: async () => (await import("./run-role.ts")).runGateway(readConfig()),
  worker: async () => (await import("./run-role.ts")).runWorker(readConfig()),
  migrate: async () => (await import("./migrate.ts")).runMigrate(readConfig()),
  key: async (values) => (await import("./api-keys.ts")).runKey(readConfig(), values.words, values),
  token: async ({ org, app }) =>
    (await import("./print-token.ts")).printToken(readConfig(), org, app),
  catalog: async ({ words, org: organizationId, replace = false }) => {
    const { importCatalogue } = await import("./import-catalogue.ts");
    return importCatalogue(readConfig(), { words, organizationId, replace });
  },
};

/** Runs one command; resolves when it has ended. */
async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parse(args);
  const [name = "help", ...rest] = positionals;
  if (values.help || name === "help") return console.log(HELP);
  if (values.version) return console.log(VERSION);

  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UserError(`There is no command "${name}": see --help`);
  if (rest.length > 0 && !WITH_WORDS.has(name))
    throw new UserError(`"${rest.join(" ")}" is not understood: see --help`);
  return command({ ...values, words: rest });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
        org: { type: "string" },
        app: { type: "string" },
        mode: { type: "string" },
        name: { type: "string" },
        scopes: { type: "string" },
        expires: { type: "string" },
        grace: { type: "string" },
        replace: { type: "boolean" },
      },
    });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UserError(`${reason}: see --help`);
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isExpected = error instanceof UserError || error instanceof ConfigError;
  console.error(isExpected ? error.message : error);
  // All of ours has ended, but the SDK's native side may wait for a server that never answers.
  process.exit(1);
}
