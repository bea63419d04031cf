import { Client, Pool, types, type ClientBase, type ClientConfig } from "pg";

const CONNECT_TIMEOUT_MS = 10_000;
const INT8 = 20;
const JSON_TEXT = 114;
const JSON_BINARY = 3802;

/** A connection for migrations. Throws an Error of one sentence if there is none to be had. */
export async function connectPostgres(databaseUrl: string): Promise<Client> {
  const client = new Client(configFor(databaseUrl));
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw unreachable(databaseUrl, error);
  }
}

/** A pool that has connected once. Throws as connectPostgres does. */
export async function openPool(databaseUrl: string, connectionsMax: number): Promise<Pool> {
  const pool = new Pool({
    ...configFor(databaseUrl),
    max: connectionsMax,
    // The pool waits for the promise, though its type does not say so.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: planForEachRun,
  });
  // An idle connection that breaks is replaced by the next query; unheard, it would end the process.
  pool.on("error", () => undefined);
  try {
    await pool.query("select 1");
    return pool;
  } catch (error) {
    await pool.end();
    throw unreachable(databaseUrl, error);
  }
}

/**
 * A plan that is kept was made for tables as small as they were then; on a new database that is one
 * that reads them whole, and it slows down as they grow. Statements carry groups, so to plan each
 * run costs little.
 */
async function planForEachRun(client: ClientBase): Promise<void> {
  await client.query("set plan_cache_mode = force_custom_plan");
}

function configFor(databaseUrl: string): ClientConfig {
  return {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "posthorn",
    types: { getTypeParser },
  };
}

/** JSON stays text, as on SQLite; times in milliseconds are far below 2^53. */
const getTypeParser: typeof types.getTypeParser = (id, format) => {
  const oid: number = id;
  if (oid === JSON_TEXT || oid === JSON_BINARY) return (value: string) => value;
  return oid === INT8 ? Number : (types.getTypeParser(id, format) as unknown);
};

function unreachable(databaseUrl: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new Error(`Cannot use Postgres at ${withoutPassword(databaseUrl)}: ${reason}.`, { cause });
}

function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) return "DATABASE_URL (which is not a URL)";
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
