import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCpuClock } from "../testing/cpu-clock.ts";
import { startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

const BIG = "x".repeat(100_000);
const SOON_MS = 5_000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** Says what would be imported. */
async function post(body: object) {
  return gateway.call("POST", "/event-type/import/openapi", { ...body, dryRun: true });
}

function webhook(schema: object): object {
  return { post: { requestBody: { content: { "application/json": { schema } } } } };
}

function repeated<Value>(count: number, value: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => value(at));
}

function named(count: number, prefix: string, value: unknown): object {
  return Object.fromEntries(repeated(count, (at) => [`${prefix}${at}`, value]));
}

/** "abcdefghijklmnop", in one of the 65,536 ways in which a URI can spell it. */
function spelled(at: number): string {
  const letters = "abcdefghijklmnop".split("");
  const code = (letter: string) => `%${letter.charCodeAt(0).toString(16)}`;
  return letters.map((letter, bit) => ((at >> bit) & 1 ? code(letter) : letter)).join("");
}

const SHARED = { $ref: "#/shared" };

describe("a small document that stands for a large one is refused", () => {
  it.each([
    [
      "if its references spell one thing in many ways",
      {
        webhooks: {
          w: webhook({ allOf: repeated(10_000, (at) => ({ $ref: `#/${spelled(at)}` })) }),
        },
        abcdefghijklmnop: { description: BIG },
      },
    ],
    [
      "if its webhooks share an example",
      { webhooks: named(1_000, "w", SHARED), shared: webhook({ examples: [BIG] }) },
    ],
    [
      "if its webhooks share a description",
      { webhooks: named(1_000, "w", SHARED), shared: { post: { description: BIG } } },
    ],
    [
      "before all that else is wrong with it is told",
      { webhooks: named(1_000, "not a name ", SHARED), shared: webhook({ description: BIG }) },
    ],
  ])("%s", async (_when, spec) => {
    const refused = await post({ spec });
    expect([refused.status, refused.body.detail[0]?.loc]).toEqual([422, ["body", "spec"]]);
    expect(refused.body.detail[0].msg).toContain("16 MiB");
  });
});

describe("others have not long to wait for", () => {
  it("a document in YAML with many keys", async () => {
    const keys = repeated(15_000, (at) => `${at.toString(36)}: 1`).join(",");
    const cpuMs = startCpuClock();
    expect((await post({ specRaw: `{webhooks: {}, other: {${keys}}}` })).status).toBe(200);
    expect(cpuMs()).toBeLessThan(SOON_MS);
  }, 90_000);

  it("a document whose references all end with the same name", async () => {
    const allOf = repeated(20_000, (at) => ({ $ref: `#/parts/p${at}/same` }));
    const parts = named(20_000, "p", { same: { type: "string" } });
    const cpuMs = startCpuClock();
    const { status } = await post({ spec: { webhooks: { w: webhook({ allOf }) }, parts } });
    // What it becomes is larger than an event type's schemas may be.
    expect(status).toBe(422);
    expect(cpuMs()).toBeLessThan(SOON_MS);
  }, 90_000);
});
