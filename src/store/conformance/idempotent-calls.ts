import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { CALL_LOST_MS } from "../catalogue-idempotency.ts";
import { IDEMPOTENT_MS } from "../store.ts";
import { acceptOne } from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const NOW_MS = 1_800_000_000_000;
const ANSWER = { status: 201, body: '{"payload":{ "n":1.0 }}' };

export function idempotentCallCases(opened: () => Opened): void {
  answerCases(opened);
  takeOverCases(opened);
}

function answerCases(opened: () => Opened): void {
  const calls = () => opened().store.idempotentCalls;

  test("of many who begin a call at once, one is to do it, and all the others to wait", async () => {
    const key = randomUUID();
    const begun = await Promise.all(
      Array.from({ length: 20 }, async () => calls().begin(key, NOW_MS)),
    );
    const kinds = begun.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(["begun", ...Array.from({ length: 19 }, () => "under_way")]);
  });

  test("the answer is given again, byte for byte, for twelve hours, and then forgotten", async () => {
    const key = randomUUID();
    await calls().begin(key, NOW_MS);
    await calls().finish({ key, begunAtMs: NOW_MS }, ANSWER);
    const last = await calls().begin(key, NOW_MS + IDEMPOTENT_MS - 1);
    expect(last).toEqual({ kind: "answered", ...ANSWER });
    expect(await calls().begin(key, NOW_MS + IDEMPOTENT_MS)).toEqual({ kind: "begun" });
    expect(await calls().begin(key, NOW_MS + IDEMPOTENT_MS)).toEqual({ kind: "under_way" });
  });

  test("an answer without a body is kept, too", async () => {
    const key = randomUUID();
    await calls().begin(key, NOW_MS);
    await calls().finish({ key, begunAtMs: NOW_MS }, { status: 204, body: null });
    expect(await calls().begin(key, NOW_MS)).toEqual({
      kind: "answered",
      status: 204,
      body: null,
    });
  });

  test("what came to nothing is begun again", async () => {
    const key = randomUUID();
    await calls().begin(key, NOW_MS);
    await calls().abandon({ key, begunAtMs: NOW_MS });
    expect(await calls().begin(key, NOW_MS + 1)).toEqual({ kind: "begun" });
  });

  test("the message that was accepted with a key can be found by it", async () => {
    const key = randomUUID();
    const { attempt } = await acceptOne(opened().store, { idempotencyKey: key });
    expect(await calls().messageOf(key)).toBe(attempt.messageId);
    expect(await calls().messageOf(randomUUID())).toBeUndefined();
  });

  test("no answer can be read in the database: it may contain a token", async () => {
    const { database } = opened();
    const key = randomUUID();
    await calls().begin(key, NOW_MS);
    const body = JSON.stringify({ token: "a-token-in-an-answer" });
    await calls().finish({ key, begunAtMs: NOW_MS }, { status: 200, body });
    const contents = await database.contents();
    expect(contents.includes(key)).toBe(true);
    expect(contents.includes("a-token-in-an-answer")).toBe(false);
  });
}

function takeOverCases(opened: () => Opened): void {
  const calls = () => opened().store.idempotentCalls;

  test("one that has died is taken over, by one, and cannot speak for its heir", async () => {
    const key = randomUUID();
    await calls().begin(key, NOW_MS);
    const laterMs = NOW_MS + CALL_LOST_MS;
    expect(await calls().begin(key, laterMs - 1)).toEqual({ kind: "under_way" });
    const heirs = await Promise.all([calls().begin(key, laterMs), calls().begin(key, laterMs)]);
    expect(heirs.map(({ kind }) => kind).toSorted()).toEqual(["begun", "under_way"]);

    const dead = { key, begunAtMs: NOW_MS };
    await calls().finish(dead, { status: 200, body: "late" });
    await calls().abandon(dead);
    expect(await calls().begin(key, laterMs)).toEqual({ kind: "under_way" });
    await calls().finish({ key, begunAtMs: laterMs }, ANSWER);
    await calls().abandon({ key, begunAtMs: laterMs });
    expect(await calls().begin(key, laterMs)).toEqual({ kind: "answered", ...ANSWER });
  });
}
