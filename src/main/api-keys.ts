import { newApiKey, newSecret } from "../gateway/access/api-key-record.ts";
import { beingForgotten } from "../gateway/access/remembered-keys.ts";
import type { Config } from "../config.ts";
import { MODES, SCOPES, scopesGiven, type ApiKey } from "../domain/api-key.ts";
import { parseDurationMs } from "../domain/duration.ts";
import { isOrganizationId } from "../domain/ids.ts";
import type { Store } from "../store/store.ts";
import { withInstalledStore } from "./open-installed.ts";
import { UserError } from "./user-error.ts";

export type KeyOptions = Readonly<
  Partial<
    Record<"org" | "app" | "mode" | "name" | "scopes" | "expires" | "grace", string | undefined>
  >
>;

const GRACE = "1d";
const PAGE = 250;
/** The last that a Date can tell, and so be shown. */
const TIME_MS_MAX = 8_640_000_000_000_000;

type Asked = KeyOptions & { readonly organizationId: string; readonly id: string | undefined };

const ACTIONS: Readonly<Record<string, (store: Store, asked: Asked) => Promise<void>>> = {
  create,
  list,
  rotate,
  revoke,
};

/** key create|list|rotate|revoke: works on the database itself, whether or not a gateway runs. */
export async function runKey(
  config: Config,
  [action = "", id, ...rest]: readonly string[],
  options: KeyOptions,
): Promise<void> {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined || rest.length > 0) {
    throw new UserError("key needs one of create, list, rotate key_…, revoke key_…: see --help");
  }
  const { org: organizationId = "" } = options;
  if (!isOrganizationId(organizationId)) throw new UserError("key needs --org org_…");
  await withInstalledStore(config, async (store) => run(store, { ...options, organizationId, id }));
}

/** Prints the key and nothing else. */
async function create(store: Store, asked: Asked): Promise<void> {
  const { organizationId, mode = "live", name = "Made on the command line" } = asked;
  const made = newApiKey({
    organizationId,
    applicationId: (await applicationIn(store, asked)) ?? null,
    mode: oneOf("--mode", MODES, mode),
    name,
    scopes: scopesGiven(
      (asked.scopes ?? SCOPES.join()).split(",").map((one) => oneOf("--scopes", SCOPES, one)),
    ),
    expiresAtMs: expiryIn(asked.expires),
  });
  await store.apiKeys.create(made.key, made.hash);
  console.error(`${made.key.id}: shown now and never again, since only its hash is kept`);
  console.log(made.text);
}

async function list(store: Store, asked: Asked): Promise<void> {
  const applicationId = await applicationIn(store, asked);
  const mode = asked.mode === undefined ? undefined : oneOf("--mode", MODES, asked.mode);
  const only = {
    ...(applicationId === undefined ? {} : { applicationId }),
    ...(mode === undefined ? {} : { mode }),
  };
  for (let after = {}, hasMore = true; hasMore;) {
    const query = { limit: PAGE, order: "ascending", ...only, ...after } as const;
    const page = await store.apiKeys.list(asked.organizationId, query);
    for (const key of page.rows) console.log(line(key));
    const last = page.rows.at(-1);
    hasMore = page.hasMore && last !== undefined;
    after = last === undefined ? {} : { after: last.id };
  }
}

function line(key: ApiKey): string {
  const { id, mode, lastFour, scopes, applicationId, name } = key;
  const used = key.lastUsedAtMs === null ? "never" : new Date(key.lastUsedAtMs).toISOString();
  const ends = key.expiresAtMs === null ? "never" : new Date(key.expiresAtMs).toISOString();
  const whose = applicationId ?? "the organization";
  return `${id}  ${mode}  …${lastFour}  ${scopes.join()}  ${whose}  used ${used}  ends ${ends}  ${name}`;
}

async function rotate({ apiKeys }: Store, { organizationId, grace, id = "" }: Asked) {
  const graceMs = parseDurationMs(grace ?? GRACE);
  if (graceMs === undefined) throw new UserError(`--grace needs a time such as ${GRACE} or 30m`);
  const found = await apiKeys.find(organizationId, id);
  if (found === undefined) throw noKey(organizationId, id);
  const { text, ...secret } = newSecret(found);
  const nowMs = Date.now();
  await apiKeys.rotate(organizationId, id, { ...secret, oldUntilMs: nowMs + graceMs, nowMs });
  console.error(`The secret before is good for another ${grace ?? GRACE}.`);
  console.log(text);
}

async function revoke({ apiKeys }: Store, { organizationId, id = "" }: Asked): Promise<void> {
  if (!(await apiKeys.revoke(organizationId, id, Date.now()))) throw noKey(organizationId, id);
  await beingForgotten();
  console.log(`${id} is revoked.`);
}

function noKey(organizationId: string, id: string): UserError {
  if (id === "") return new UserError("It needs a key's id, key_…, behind it: key list shows them");
  return new UserError(`${organizationId} has no key ${id}: key list shows those there are`);
}

async function applicationIn(store: Store, { organizationId, app }: Asked) {
  if (app === undefined) return undefined;
  const found = await store.applications.find(organizationId, app);
  if (found === undefined) throw new UserError(`${organizationId} has no application ${app}`);
  return found.id;
}

function oneOf<Name extends string>(option: string, names: readonly Name[], text: string): Name {
  const found = names.find((name) => name === text.trim());
  if (found !== undefined) return found;
  throw new UserError(`${option} takes ${names.join(", ")}, not "${text}"`);
}

/** A time, or how long from now. */
function expiryIn(text: string | undefined): number | null {
  if (text === undefined) return null;
  const lifeMs = parseDurationMs(text);
  const expiresAtMs = lifeMs === undefined ? Date.parse(text) : Date.now() + lifeMs;
  if (expiresAtMs > Date.now() && expiresAtMs <= TIME_MS_MAX) return expiresAtMs;
  throw new UserError("--expires takes a time to come, such as 90d or 2030-01-31T00:00:00Z");
}
