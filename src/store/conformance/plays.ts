import { expect, test } from "vitest";
import type { Play, PlayRequest } from "../catalogue-plays.ts";
import { newId } from "../new-id.ts";
import { NOW_MS } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const ROOM = { requestsMax: 3, bodyBytesMax: 10 };
const MANY = { ofApplication: 9, ofOrganization: 9 };
const PAGE = { limit: 9, order: "descending" } as const;
const LIFE_MS = 60_000;

export function playCases(opened: () => Opened): void {
  test("a bin is found as it was made, until it expires", async () => {
    const { plays } = opened().store;
    const play = aPlay({ secret: "whsec_c2VjcmV0" });
    expect(await plays.create(play, MANY)).toBe(true);
    expect(await plays.find(play.id, NOW_MS)).toEqual(play);
    expect(await plays.find(play.id, play.expiresAtMs)).toBeUndefined();
    const answer = { ...play.answer, status: 500 };
    await plays.change(play.id, { answer });
    await plays.change(play.id, {});
    expect(await plays.find(play.id, NOW_MS)).toEqual({ ...play, answer });
    await plays.change(play.id, { secret: null });
    expect(await plays.find(play.id, NOW_MS)).toMatchObject({ answer, secret: null });
  });

  test("there are so many of an application, and of an organization, and no more", async () => {
    const { plays } = opened().store;
    const limits = { ofApplication: 1, ofOrganization: 2 };
    const organizationId = "org_limited";
    const create = async (applicationId: string | null, changes: Partial<Play> = {}) =>
      plays.create(aPlay({ organizationId, applicationId, ...changes }), limits);
    expect(await create("app_a")).toBe(true);
    expect(await create("app_a")).toBe(false);
    expect(await create(null)).toBe(true);
    expect(await create("app_b")).toBe(false);
    const later = { createdAtMs: NOW_MS + LIFE_MS, expiresAtMs: NOW_MS + 2 * LIFE_MS };
    expect(await create("app_a", later)).toBe(true);
  });
}

export function playRequestCases(opened: () => Opened): void {
  test("what arrived is kept byte for byte, newest first, as far as there is room", async () => {
    const { plays } = opened().store;
    const play = aPlay();
    await plays.create(play, MANY);
    const first = aRequest(play, 0, { body: Buffer.from([0xff, 0]) });
    await plays.keep(first, ROOM);
    const { rows } = await plays.list(play.id, PAGE);
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0]?.body ?? [])).toEqual(first.body);
    expect({ ...rows[0], body: first.body }).toEqual(first);

    const ids = [first.id];
    for (let i = 1; i <= 3; i++) {
      const request = aRequest(play, i);
      ids.push(request.id);
      await plays.keep(request, ROOM);
    }
    expect(await plays.newest(play.id, 9)).toEqual(ids.slice(1).toReversed());
    const large = aRequest(play, 4, { body: Buffer.alloc(8), answer: null });
    await plays.keep(large, ROOM);
    expect(await plays.newest(play.id, 9)).toEqual([large.id, ids[3]]);
    expect(await plays.newest(play.id, 1)).toEqual([large.id]);
    const page = await plays.list(play.id, { limit: 1, order: "descending" });
    expect(page).toMatchObject({ hasMore: true, rows: [{ id: large.id, answer: null }] });
  });

  test("it is cleared, and removed, and others are not", async () => {
    const { plays } = opened().store;
    const [one, other] = [aPlay(), aPlay()];
    for (const play of [one, other]) {
      await plays.create(play, MANY);
      await plays.keep(aRequest(play, 0), ROOM);
    }
    await plays.clear(one.id);
    expect(await plays.newest(one.id, 9)).toEqual([]);
    await plays.keep(aRequest(one, 1), ROOM);
    await plays.remove(one.id);
    expect(await plays.find(one.id, NOW_MS)).toBeUndefined();
    expect(await plays.newest(one.id, 9)).toEqual([]);
    expect(await plays.newest(other.id, 9)).toHaveLength(1);
  });
}

export function playExpiryCases(opened: () => Opened): void {
  test("bins that have expired are deleted with what they have, so many rows at a time", async () => {
    const { plays, expiry } = opened().store;
    const [gone, kept] = [aPlay(), aPlay({ expiresAtMs: NOW_MS + 2 * LIFE_MS })];
    for (const play of [gone, kept]) {
      await plays.create(play, MANY);
      for (let i = 0; i < 3; i++) await plays.keep(aRequest(play, i), ROOM);
    }
    const nowMs = NOW_MS + LIFE_MS;
    expect(await expiry.plays(NOW_MS, 9)).toBe(0);
    expect(await expiry.plays(nowMs, 2)).toBe(2);
    expect(await expiry.plays(nowMs, 2)).toBe(2);
    expect(await plays.newest(gone.id, 9)).toEqual([]);
    expect(await plays.find(gone.id, NOW_MS)).toBeUndefined();
    expect(await expiry.plays(nowMs, 9)).toBe(0);
    expect(await plays.newest(kept.id, 9)).toHaveLength(3);
  });
}

function aPlay(changes: Partial<Play> = {}): Play {
  return {
    id: newId("play", NOW_MS),
    organizationId: "org_play",
    applicationId: null,
    answer: { status: 200, body: "", contentType: "text/plain", delayMs: 0 },
    secret: null,
    createdAtMs: NOW_MS,
    expiresAtMs: NOW_MS + LIFE_MS,
    ...changes,
  };
}

function aRequest({ id: playId }: Play, second: number, changes: Partial<PlayRequest> = {}) {
  const receivedAtMs = NOW_MS + second * 1_000;
  return {
    id: newId("preq", receivedAtMs),
    playId,
    method: "POST",
    path: "/",
    headers: [["x-mine", "yes"]],
    body: Buffer.from("ab"),
    signature: "none",
    answer: { status: 503, delayMs: 1_000 },
    receivedAtMs,
    ...changes,
  } as const satisfies PlayRequest;
}
