import { expect, it } from "vitest";
import type { PresentedKey } from "../../store/catalogue-api-keys.ts";
import { beingForgotten, createRememberedKeys } from "./remembered-keys.ts";

const FOUND: PresentedKey = {
  key: {
    id: "key_1",
    organizationId: "org_1",
    applicationId: null,
    mode: "live",
    name: "One",
    scopes: ["read"],
    lastFour: "abcd",
    createdAtMs: 0,
    updatedAtMs: 0,
    lastUsedAtMs: null,
    expiresAtMs: null,
  },
  revokedAtMs: null,
  secretEndsAtMs: null,
};

function aStore() {
  const asked: string[] = [];
  const noted: number[] = [];
  let lastUsedAtMs: number | null = null;
  return {
    asked,
    noted,
    async findBySecret(hash: string) {
      asked.push(hash);
      if (hash === "broken") throw new Error("no database");
      return hash === "known" ? { ...FOUND, key: { ...FOUND.key, lastUsedAtMs } } : undefined;
    },
    async noteUse(_id: string, nowMs: number) {
      noted.push(nowMs);
      lastUsedAtMs = nowMs;
    },
  };
}

it("a key is looked up once a second, however often it comes, and its use noted once a minute", async () => {
  const store = aStore();
  const find = createRememberedKeys(store);
  await Promise.all(Array.from({ length: 50 }, () => find("known")));
  expect(store.asked).toEqual(["known"]);
  await beingForgotten();
  expect((await find("known"))?.key.id).toBe("key_1");
  expect(store.asked).toEqual(["known", "known"]);
  expect(store.noted.length).toBe(1);
});

it("what there is not is not remembered, nor what could not be looked up", async () => {
  const store = aStore();
  const find = createRememberedKeys(store);
  expect([await find("other"), await find("other")]).toEqual([undefined, undefined]);
  await expect(find("broken")).rejects.toThrow("no database");
  await expect(find("broken")).rejects.toThrow("no database");
  expect(store.asked).toEqual(["other", "other", "broken", "broken"]);
});

it("that a use cannot be noted is nobody's trouble", async () => {
  const find = createRememberedKeys({
    findBySecret: async () => FOUND,
    noteUse: () => Promise.reject(new Error("read-only")),
  });
  expect(await find("known")).toBe(FOUND);
});
