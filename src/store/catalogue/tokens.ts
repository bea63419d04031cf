import type { CompiledQuery, Kysely } from "kysely";
import type {
  Exchange,
  IssuedToken,
  OneTimeToken,
  Revocation,
  RevokedTokens,
  TokenClaims,
  Tokens,
} from "../catalogue-tokens.ts";
import type { Tables } from "../tables.ts";
import type { CatalogueDatabase } from "./catalogue-database.ts";

const ALL = "all";
/** Each writer clears away more than it adds, and never has much to do. */
const FORGOTTEN_MAX = 100;

export function createTokens({ kysely: db, inOneTransaction }: CatalogueDatabase): Tokens {
  return {
    isGood: async (token, nowMs) => isGood(db, token, nowMs),
    revoke: async (revocation, nowMs) => inOneTransaction(revoking(db, revocation, nowMs)),
    keepOneTimeToken: async (token, nowMs) => inOneTransaction(keeping(db, token, nowMs)),
    exchange: async (hash, nowMs) => exchange(db, hash, nowMs),
  };
}

async function isGood(db: Kysely<Tables>, token: IssuedToken, nowMs: number): Promise<boolean> {
  const { organizationId, applicationId, sessionId, id, issuedAtMs } = token;
  const session = sessionId === null ? [] : [ofSession(sessionId)];
  const revocation = db
    .selectFrom("token_revocation")
    .select("subject")
    .where("application_id", "=", applicationId)
    .where("subject", "in", [ALL, ofOne(id), ...session])
    .where("issued_until_ms", ">=", issuedAtMs)
    .where("effective_at_ms", "<=", nowMs);
  const application = await db
    .selectFrom("application")
    .select("id")
    .where("id", "=", applicationId)
    .where("organization_id", "=", organizationId)
    .where("deleted_at_ms", "is", null)
    .where((eb) => eb.not(eb.exists(revocation)))
    .executeTakeFirst();
  return application !== undefined;
}

function revoking(
  db: Kysely<Tables>,
  { applicationId, issuedUntilMs, effectiveAtMs, tokens }: Revocation,
  nowMs: number,
): readonly CompiledQuery[] {
  const subjects = subjectsOf(tokens);
  const row = {
    application_id: applicationId,
    issued_until_ms: issuedUntilMs,
    effective_at_ms: effectiveAtMs,
    forget_at_ms: tokens.kind === "one" ? tokens.expiresAtMs : null,
  };
  const added = db
    .insertInto("token_revocation")
    .values(subjects.map((subject) => ({ ...row, subject })))
    .onConflict((conflict) => conflict.doNothing());
  return [added.compile(), thinning(db, applicationId, subjects, nowMs), forgetting(db, nowMs)];
}

/** Of each subject, those that say nothing beside a later one: so few are kept, which are never forgotten. */
function thinning(
  db: Kysely<Tables>,
  applicationId: string,
  subjects: readonly string[],
  nowMs: number,
): CompiledQuery {
  return db
    .deleteFrom("token_revocation as older")
    .where("older.application_id", "=", applicationId)
    .where("older.subject", "in", subjects)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("token_revocation as newer")
          .select("newer.subject")
          .where("newer.application_id", "=", applicationId)
          .whereRef("newer.subject", "=", "older.subject")
          .whereRef("newer.issued_until_ms", ">", "older.issued_until_ms")
          .where(({ eb, or, ref }) =>
            or([
              eb("newer.effective_at_ms", "<=", nowMs),
              eb("newer.effective_at_ms", "<=", ref("older.effective_at_ms")),
            ]),
          ),
      ),
    )
    .compile();
}

function subjectsOf(tokens: RevokedTokens): readonly string[] {
  if (tokens.kind === "all") return [ALL];
  if (tokens.kind === "one") return [ofOne(tokens.id)];
  // In one order, so that of revocations that meet none waits for one that waits for it.
  return tokens.sessionIds.map(ofSession).toSorted();
}

function ofSession(sessionId: string): string {
  return `session:${sessionId}`;
}

function ofOne(id: string): string {
  return `token:${id}`;
}

function forgetting(db: Kysely<Tables>, nowMs: number): CompiledQuery {
  const past = db
    .selectFrom("token_revocation")
    .select(["application_id", "subject"])
    .where("forget_at_ms", "<=", nowMs)
    .orderBy("forget_at_ms")
    .limit(FORGOTTEN_MAX)
    .$asTuple("application_id", "subject");
  return db
    .deleteFrom("token_revocation")
    .where(({ eb, refTuple }) => eb(refTuple("application_id", "subject"), "in", past))
    .compile();
}

function keeping(
  db: Kysely<Tables>,
  { hash, claims, expiresAtMs }: OneTimeToken,
  nowMs: number,
): readonly CompiledQuery[] {
  const past = db
    .selectFrom("one_time_token")
    .select("hash")
    .where("expires_at_ms", "<=", nowMs)
    .orderBy("expires_at_ms")
    .limit(FORGOTTEN_MAX);
  const row = { hash, claims: JSON.stringify(claims), expires_at_ms: expiresAtMs };
  return [
    db.deleteFrom("one_time_token").where("hash", "in", past).compile(),
    db.insertInto("one_time_token").values(row).compile(),
  ];
}

async function exchange(db: Kysely<Tables>, hash: string, nowMs: number): Promise<Exchange> {
  const taken = await db
    .updateTable("one_time_token")
    .set({ used_at_ms: nowMs })
    .where("hash", "=", hash)
    .where("used_at_ms", "is", null)
    .where("expires_at_ms", ">", nowMs)
    .returning("claims")
    .executeTakeFirst();
  if (taken !== undefined) {
    return { kind: "exchanged", claims: JSON.parse(taken.claims) as TokenClaims };
  }
  const found = await db
    .selectFrom("one_time_token")
    .select("used_at_ms")
    .where("hash", "=", hash)
    .executeTakeFirst();
  if (found === undefined) return { kind: "unknown" };
  return { kind: found.used_at_ms === null ? "expired" : "used" };
}
