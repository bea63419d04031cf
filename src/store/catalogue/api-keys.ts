import type { CompiledQuery, Kysely } from "kysely";
import type { ApiKey, Mode, Scope } from "../../domain/api-key.ts";
import type { ApiKeyRow } from "../api-key-tables.ts";
import type { ApiKeyQuery, ApiKeys, NewSecret, PresentedKey } from "../catalogue-api-keys.ts";
import type { Page } from "../catalogue.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";
import { changeRow } from "./change-row.ts";
import { readPage } from "./page.ts";

/** How long whoever comes with a secret that has ended is told that it was rotated. */
const ENDED_KEPT_MS = 90 * 86_400_000;

export function createApiKeys({ kysely: db, inOneTransaction }: CatalogueDatabase): ApiKeys {
  return {
    create: async (key, hash) => inOneTransaction(creation(db, key, hash)),
    find: async (organizationId, id) => find(db, organizationId, id),
    list: async (organizationId, query) => list(db, organizationId, query),
    change: async (organizationId, id, change) => {
      const read = async () => find(db, organizationId, id);
      const write = async (row: ApiKey, { updatedAtMs }: ApiKey) => update(db, row, updatedAtMs);
      return changeRow({ read, write }, change);
    },
    async rotate(organizationId, id, to) {
      if ((await find(db, organizationId, id)) === undefined) return undefined;
      await inOneTransaction(rotation(db, id, to));
      return find(db, organizationId, id);
    },
    async revoke(organizationId, id, nowMs) {
      const { numUpdatedRows } = await db
        .updateTable("api_key")
        .set({ revoked_at_ms: nowMs })
        .where("id", "=", id)
        .where("organization_id", "=", organizationId)
        .where("revoked_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    findBySecret: async (hash) => findBySecret(db, hash),
    async noteUse(id, nowMs) {
      const used = db.updateTable("api_key").set({ last_used_at_ms: nowMs }).where("id", "=", id);
      await used.execute();
    },
  };
}

function creation(db: Kysely<Tables>, key: ApiKey, hash: string): readonly CompiledQuery[] {
  return [
    db.insertInto("api_key").values(fromApiKey(key)).compile(),
    db.insertInto("api_key_secret").values({ hash, key_id: key.id, ends_at_ms: null }).compile(),
  ];
}

function good(db: Kysely<Tables>, organizationId: string) {
  return db
    .selectFrom("api_key")
    .selectAll()
    .where("organization_id", "=", organizationId)
    .where("revoked_at_ms", "is", null);
}

async function find(
  db: Kysely<Tables>,
  organizationId: string,
  id: string,
): Promise<ApiKey | undefined> {
  const row = await good(db, organizationId).where("id", "=", id).executeTakeFirst();
  return row && toApiKey(row);
}

async function list(
  db: Kysely<Tables>,
  organizationId: string,
  query: ApiKeyQuery,
): Promise<Page<ApiKey>> {
  const { applicationId, mode } = query;
  return readPage(query, async (scan) => {
    const rows = await good(db, organizationId)
      .$if(applicationId !== undefined, (keys) =>
        keys.where("application_id", "=", applicationId ?? null),
      )
      .$if(mode !== undefined, (keys) => keys.where("mode", "=", mode ?? ""))
      .where((eb) => eb.and(scan.bounds.map(({ operator, key }) => eb("id", operator, key))))
      .orderBy("id", scan.direction)
      .limit(scan.rowsMax)
      .execute();
    return rows.map(toApiKey);
  });
}

async function update(db: Kysely<Tables>, key: ApiKey, readAtMs: number): Promise<bigint> {
  const { id, name, scopes, expiresAtMs, updatedAtMs } = key;
  const { numUpdatedRows } = await db
    .updateTable("api_key")
    .set({
      name,
      scopes: JSON.stringify(scopes),
      expires_at_ms: expiresAtMs,
      updated_at_ms: updatedAtMs,
    })
    .where("id", "=", id)
    .where("updated_at_ms", "=", readAtMs)
    .where("revoked_at_ms", "is", null)
    .executeTakeFirst();
  return numUpdatedRows;
}

function rotation(
  db: Kysely<Tables>,
  id: string,
  { hash, lastFour, oldUntilMs, nowMs }: NewSecret,
): readonly CompiledQuery[] {
  const secrets = db.updateTable("api_key_secret").set({ ends_at_ms: oldUntilMs });
  return [
    // First, so that of rotations that meet one waits for the other.
    db
      .updateTable("api_key")
      .set({ last_four: lastFour, updated_at_ms: nowMs })
      .where("id", "=", id)
      .compile(),
    db
      .deleteFrom("api_key_secret")
      .where("key_id", "=", id)
      .where("ends_at_ms", "<=", nowMs - ENDED_KEPT_MS)
      .compile(),
    secrets
      .where("key_id", "=", id)
      .where((eb) => eb.or([eb("ends_at_ms", "is", null), eb("ends_at_ms", ">", oldUntilMs)]))
      .compile(),
    db.insertInto("api_key_secret").values({ hash, key_id: id, ends_at_ms: null }).compile(),
  ];
}

async function findBySecret(db: Kysely<Tables>, hash: string): Promise<PresentedKey | undefined> {
  const row = await db
    .selectFrom("api_key_secret")
    .innerJoin("api_key", "api_key.id", "api_key_secret.key_id")
    .selectAll("api_key")
    .select("api_key_secret.ends_at_ms")
    .where("api_key_secret.hash", "=", hash)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { key: toApiKey(row), revokedAtMs: row.revoked_at_ms, secretEndsAtMs: row.ends_at_ms };
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    organizationId: row.organization_id,
    applicationId: row.application_id,
    mode: row.mode as Mode,
    name: row.name,
    scopes: JSON.parse(row.scopes) as readonly Scope[],
    lastFour: row.last_four,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
    expiresAtMs: row.expires_at_ms,
  };
}

function fromApiKey(key: ApiKey) {
  return {
    id: key.id,
    organization_id: key.organizationId,
    application_id: key.applicationId,
    mode: key.mode,
    name: key.name,
    scopes: JSON.stringify(key.scopes),
    last_four: key.lastFour,
    created_at_ms: key.createdAtMs,
    updated_at_ms: key.updatedAtMs,
    last_used_at_ms: key.lastUsedAtMs,
    expires_at_ms: key.expiresAtMs,
  };
}
