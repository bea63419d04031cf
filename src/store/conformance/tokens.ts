import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { IssuedToken, Revocation, RevokedTokens } from "../catalogue-tokens.ts";
import type { Store } from "../store.ts";
import type { Opened } from "./test-database.ts";
import { anApplication, createApplication, NOW_MS } from "./fixtures.ts";

const HOUR_MS = 3_600_000;
const ALL: RevokedTokens = { kind: "all" };

export function tokenCases(opened: () => Opened): void {
  test("a token is good while its application is there, in the organization that it names", async () => {
    const { applications, tokens } = opened().store;
    const token = await aToken(opened().store);
    expect(await tokens.isGood(token, NOW_MS)).toBe(true);
    expect(await tokens.isGood({ ...token, organizationId: "org_other" }, NOW_MS)).toBe(false);
    const nowhere = { ...token, applicationId: anApplication().id };
    expect(await tokens.isGood(nowhere, NOW_MS)).toBe(false);
    await applications.remove(token.applicationId, NOW_MS);
    expect(await tokens.isGood(token, NOW_MS)).toBe(false);
  });

  test("all tokens are revoked that were issued until a time, not those issued after it", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store);
    const other = await aToken(opened().store);
    await tokens.revoke(of(token, ALL), NOW_MS);
    expect(await tokens.isGood(token, NOW_MS)).toBe(false);
    expect(await tokens.isGood({ ...token, issuedAtMs: NOW_MS - 1 }, NOW_MS)).toBe(false);
    expect(await tokens.isGood({ ...token, issuedAtMs: NOW_MS + 1 }, NOW_MS)).toBe(true);
    expect(await tokens.isGood(other, NOW_MS)).toBe(true);
  });

  test("revocations that meet wait for each other, in whatever order they name sessions", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store);
    const sessionIds = Array.from({ length: 1_000 }, (_, at) => `s${at}`);
    const orders = Array.from({ length: 8 }, (_, at) =>
      at % 2 ? sessionIds : sessionIds.toReversed(),
    );
    const revoke = async (names: readonly string[]) =>
      tokens.revoke(of(token, { kind: "sessions", sessionIds: names }), NOW_MS);
    await Promise.all(orders.map(revoke));
    expect(await tokens.isGood({ ...token, sessionId: "s999" }, NOW_MS)).toBe(false);
  });

  test("a revocation that names sessions leaves other sessions, and those without", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store);
    const inSession = (sessionId: string | null) => tokens.isGood({ ...token, sessionId }, NOW_MS);
    await tokens.revoke(of(token, { kind: "sessions", sessionIds: ["ida", "ben"] }), NOW_MS);
    expect(await inSession("ida")).toBe(false);
    expect(await inSession("ben")).toBe(false);
    expect(await inSession("eva")).toBe(true);
    expect(await inSession("all")).toBe(true);
    expect(await inSession(null)).toBe(true);
  });

  test("a revocation of one token leaves its twins", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store, { sessionId: "ida" });
    const one = { kind: "one", id: token.id, expiresAtMs: NOW_MS + HOUR_MS } as const;
    await tokens.revoke(of(token, one), NOW_MS);
    expect(await tokens.isGood(token, NOW_MS)).toBe(false);
    expect(await tokens.isGood({ ...token, id: "another" }, NOW_MS)).toBe(true);
  });
}

export function revocationCases(opened: () => Opened): void {
  test("a revocation waits for its time, and a later one does not put it off", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store);
    const at = (minutes: number) => NOW_MS + minutes * 60_000;
    await tokens.revoke(of(token, ALL, { effectiveAtMs: at(10) }), NOW_MS);
    await tokens.revoke(of(token, ALL, { issuedUntilMs: at(1), effectiveAtMs: at(20) }), at(1));
    expect(await tokens.isGood(token, at(9))).toBe(true);
    expect(await tokens.isGood(token, at(10))).toBe(false);
    const later = { ...token, issuedAtMs: at(1) };
    expect(await tokens.isGood(later, at(19))).toBe(true);
    expect(await tokens.isGood(later, at(20))).toBe(false);
  });

  test("one that is in effect stays so while a later one still waits", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store);
    await tokens.revoke(of(token, ALL), NOW_MS);
    const pending = { issuedUntilMs: NOW_MS + 5, effectiveAtMs: NOW_MS + HOUR_MS };
    await tokens.revoke(of(token, ALL, pending), NOW_MS + 5);
    expect(await tokens.isGood(token, NOW_MS + 5)).toBe(false);
  });

  test("of one token it is forgotten when the token has expired; of all it never is", async () => {
    const { store } = opened();
    const token = await aToken(store);
    const one = { kind: "one", id: token.id, expiresAtMs: NOW_MS + HOUR_MS } as const;
    await store.tokens.revoke(of(token, one), NOW_MS);
    const unending = { ...token, id: randomUUID() };
    await store.tokens.revoke(
      of(token, { kind: "one", id: unending.id, expiresAtMs: null }),
      NOW_MS,
    );
    const other = await aToken(store);
    await store.tokens.revoke(of(other, ALL), NOW_MS);
    const muchLaterMs = NOW_MS + 100_000 * HOUR_MS;
    await store.tokens.revoke(of(await aToken(store), ALL), muchLaterMs);
    expect(await store.tokens.isGood(token, muchLaterMs)).toBe(true);
    expect(await store.tokens.isGood(unending, muchLaterMs)).toBe(false);
    expect(await store.tokens.isGood(other, muchLaterMs)).toBe(false);
  });

  test("a thousand sessions are revoked at once", async () => {
    const { tokens } = opened().store;
    const token = await aToken(opened().store, { sessionId: "user-999" });
    const sessionIds = Array.from({ length: 1_000 }, (_, i) => `user-${i}`);
    await tokens.revoke(of(token, { kind: "sessions", sessionIds }), NOW_MS);
    expect(await tokens.isGood(token, NOW_MS)).toBe(false);
    expect(await tokens.isGood({ ...token, sessionId: "user-1000" }, NOW_MS)).toBe(true);
  });
}

export function oneTimeTokenCases(opened: () => Opened): void {
  const claims = { sub: "app_1", b: [1, "é"], a: null };

  test("one is exchanged once for what was kept with it, in its order", async () => {
    const { tokens } = opened().store;
    const hash = randomUUID();
    await tokens.keepOneTimeToken({ hash, claims, expiresAtMs: NOW_MS + 1 }, NOW_MS);
    const exchanged = await tokens.exchange(hash, NOW_MS);
    expect(exchanged).toEqual({ kind: "exchanged", claims });
    expect(JSON.stringify(exchanged)).toContain(JSON.stringify(claims));
    expect(await tokens.exchange(hash, NOW_MS)).toEqual({ kind: "used" });
  });

  test("of many that exchange it at the same time one gets it, on whichever connection", async () => {
    const { store, database } = opened();
    const hash = randomUUID();
    await store.tokens.keepOneTimeToken({ hash, claims, expiresAtMs: NOW_MS + 1 }, NOW_MS);
    const other = await database.open();
    const stores = [store, other, store, other, store, other];
    const kinds = await Promise.all(
      stores.map(async ({ tokens }) => (await tokens.exchange(hash, NOW_MS)).kind),
    );
    expect(kinds.toSorted()).toEqual(["exchanged", ...Array.from({ length: 5 }, () => "used")]);
    await other.close();
  });

  test("one that has expired is not exchanged, and cleared away by the next that is kept", async () => {
    const { tokens } = opened().store;
    const hash = randomUUID();
    await tokens.keepOneTimeToken({ hash, claims, expiresAtMs: NOW_MS }, NOW_MS - 1);
    expect(await tokens.exchange(hash, NOW_MS)).toEqual({ kind: "expired" });
    const next = { hash: randomUUID(), claims, expiresAtMs: NOW_MS + 1 };
    await tokens.keepOneTimeToken(next, NOW_MS);
    expect(await tokens.exchange(hash, NOW_MS)).toEqual({ kind: "unknown" });
    expect((await tokens.exchange(next.hash, NOW_MS)).kind).toBe("exchanged");
  });
}

async function aToken(store: Store, changes: Partial<IssuedToken> = {}): Promise<IssuedToken> {
  const { id: applicationId, organizationId } = await createApplication(store);
  return {
    id: randomUUID(),
    organizationId,
    applicationId,
    sessionId: null,
    issuedAtMs: NOW_MS,
    expiresAtMs: NOW_MS + HOUR_MS,
    ...changes,
  };
}

/** Of tokens issued until now, from now on, unless `changes` say otherwise. */
function of(
  { applicationId }: IssuedToken,
  tokens: RevokedTokens,
  changes: Partial<Revocation> = {},
): Revocation {
  return { applicationId, tokens, issuedUntilMs: NOW_MS, effectiveAtMs: NOW_MS, ...changes };
}
