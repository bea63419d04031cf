import { DatabaseError } from "pg";
import { describe, expect, test } from "vitest";
import { createGrouped } from "./grouped.ts";

describe("calls in groups", () => {
  test("those of one turn share a statement, and each gets its own result", async () => {
    const { call, statements } = recorded();
    expect(await Promise.all([call("a"), call("b"), call("c")])).toEqual(["A", "B", "C"]);
    expect(statements).toEqual(["abc"]);
  });

  test("those that come while statements are under way share the next", async () => {
    const { call, statements } = recorded({ statementsMax: 1 });
    const first = call("a");
    await new Promise(setImmediate);
    await Promise.all([first, call("b"), call("c")]);
    expect(statements).toEqual(["a", "bc"]);
  });

  test("those with one key take turns, in their order", async () => {
    const { call, statements } = recorded();
    await Promise.all([call("a"), call("b"), call("a"), call("a")]);
    expect(statements).toEqual(["ab", "a", "a"]);
  });

  test("a group is at most 500 calls", async () => {
    const { call, statements } = recorded({ keyOf: () => String(Math.random()) });
    await Promise.all(Array.from({ length: 501 }, async () => call("a")));
    expect(statements.map(({ length }) => length)).toEqual([500, 1]);
  });

  test("a group is at most 8 MB, but a larger one goes by itself", async () => {
    const bytesOf = (item: string) => (item === "L" ? 9_000_000 : 4_000_000);
    const { call, statements } = recorded({ bytesOf });
    await Promise.all(["a", "b", "c", "L", "d"].map(async (item) => call(item)));
    expect(statements).toEqual(["ab", "c", "L", "d"]);
  });

  test("one that the database refuses fails alone", async () => {
    const refusal = new DatabaseError("bad row", 0, "error");
    const { call, statements } = recorded({ failure: refusal });
    const settled = await Promise.allSettled([call("a"), call("!"), call("b")]);
    expect(settled).toEqual([
      { status: "fulfilled", value: "A" },
      { status: "rejected", reason: refusal },
      { status: "fulfilled", value: "B" },
    ]);
    expect(statements).toEqual(["a!b", "a", "!", "b"]);
  });

  test("without a database all fail at once, and the next call tries again", async () => {
    const { call, statements } = recorded({ failure: new Error("Connection terminated") });
    const settled = await Promise.allSettled([call("a"), call("!")]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(statements).toEqual(["a!"]);
    expect(await call("b")).toBe("B");
  });
});

type Changes = {
  readonly statementsMax?: number;
  readonly keyOf?: (item: string) => string;
  readonly bytesOf?: (item: string) => number;
  /** What a statement with "!" in it fails with. */
  readonly failure?: Error;
};

/** Calls whose statements put letters into capitals, and are written down. */
function recorded({ failure, ...changes }: Changes = {}) {
  const statements: string[] = [];
  const call = createGrouped<string, string>({
    async run(items) {
      statements.push(items.join(""));
      await new Promise(setImmediate);
      if (failure !== undefined && items.includes("!")) throw failure;
      return items.map((item) => item.toUpperCase());
    },
    keyOf: (item) => item,
    statementsMax: 2,
    ...changes,
  });
  return { call, statements };
}
