import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applicationToken,
  organizationToken,
  startTestGateway,
  type TestGateway,
} from "../testing/test-gateway.ts";

let gateway: TestGateway;
let here: string;
let there: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  here = await organizationToken("org_2AAAAAAAAAAAAAAAAAAAAAAAAAA");
  there = await organizationToken("org_2BBBBBBBBBBBBBBBBBBBBBBBBBB");
});
afterAll(() => gateway[Symbol.asyncDispose]());

const settingsOf = async (token: string) =>
  (await gateway.call("GET", "/environment/settings", undefined, token)).body;
const exported = async (token: string) =>
  (await gateway.call("POST", "/environment/export", undefined, token)).body;
const imported = async (body: unknown, token: string) =>
  gateway.call("POST", "/environment/import", body, token);

/** Without when it was made, which each import makes anew. */
function timeless(environment: { createdAt: string; eventTypes: object[] }) {
  const eventTypes = environment.eventTypes.map((one) => ({ ...one, createdAt: 0, updatedAt: 0 }));
  return { ...environment, createdAt: 0, eventTypes };
}

describe("an environment", () => {
  it("is the same in another organization after an export and an import", async () => {
    const create = async (body: object) =>
      gateway.call("POST", "/event-type", { description: "", ...body }, here);
    await create({ name: "a", schemas: { "1": { type: "object" } }, featureFlags: ["f", "g"] });
    await create({ name: "b", groupName: "g", deprecated: true });
    await create({ name: "c" });
    await gateway.call("DELETE", "/event-type/c", undefined, here);
    const retrySchedule = [{ secs: 5, nanos: 500_000_000 }];
    await gateway.call("PUT", "/event-type/a/retry-schedule", { retrySchedule }, here);
    const settings = { displayName: "Acme", enableChannels: true, retryPolicy: [5, { a: null }] };
    await imported({ settings }, here);

    const first = await exported(here);
    expect(first).toMatchObject({ version: 1, settings, connectors: [] });
    expect(Date.parse(first.createdAt)).toBeGreaterThan(Date.now() - 60_000);
    expect(first.eventTypes.map(({ name }: { name: string }) => name)).toEqual(["a", "b", "c"]);
    expect(first.eventTypes[0].retrySchedule).toEqual(retrySchedule);

    const answer = await imported(first, there);
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(timeless(await exported(there))).toEqual(timeless(first));
    expect(await settingsOf(there)).toEqual(await settingsOf(here));
    expect((await imported(first, there)).status).toBe(204);
    expect(timeless(await exported(there))).toEqual(timeless(first));
  });

  it("is empty at first", async () => {
    const token = await organizationToken("org_2CCCCCCCCCCCCCCCCCCCCCCCCCC");
    expect(await exported(token)).toMatchObject({ eventTypes: [], settings: null, connectors: [] });
    expect(await settingsOf(token)).toEqual({
      enableChannels: false,
      enableMessageTags: false,
      enableMessageStream: false,
      enableIntegrationManagement: false,
      enableTransformations: false,
      enableEndpointOauthConfig: false,
      enableEndpointMtlsConfig: false,
      showUseSvixPlay: false,
      showSvixBrandFooter: false,
      wipeSuccessfulPayload: false,
      showFeatureTooltips: false,
      advancedEndpointTypes: [],
    });
  });

  it("keeps what an import does not name", async () => {
    const token = await organizationToken("org_2DDDDDDDDDDDDDDDDDDDDDDDDDD");
    const retrySchedule = [{ secs: 9, nanos: 0 }];
    const eventTypes = ["a", "b"].map((name) => ({ name, description: "old", retrySchedule }));
    await imported({ eventTypes, settings: { displayName: "A", enableChannels: true } }, token);
    const update = { eventTypes: [{ name: "a", description: "new" }], settings: { logoUrl: "l" } };
    await imported(update, token);
    await imported({ eventTypes: null, settings: null, connectors: null }, token);
    await imported({}, token);

    const after = await exported(token);
    expect(after.settings).toEqual({ displayName: "A", enableChannels: true, logoUrl: "l" });
    expect(after.eventTypes).toMatchObject([
      { name: "a", description: "new", retrySchedule },
      { name: "b", description: "old", retrySchedule },
    ]);
    await imported({ eventTypes: [{ name: "a", description: "", retrySchedule: null }] }, token);
    expect((await exported(token)).eventTypes[0].retrySchedule).toBeNull();
  });

  it("keeps settings as they come, and shows those that clients know", async () => {
    const token = await organizationToken("org_2FFFFFFFFFFFFFFFFFFFFFFFFFF");
    const settings = {
      enableChannels: null,
      enableMessageTags: "yes",
      advancedEndpointTypes: ["http", "carrierPigeon"],
      colorPaletteDark: { primary: "#123" },
      logoUrl: "https://you.example/logo.png",
    };
    expect((await imported({ settings }, token)).status).toBe(204);
    expect((await exported(token)).settings).toEqual(settings);
    const shown = await settingsOf(token);
    expect(shown).toMatchObject({
      enableChannels: false,
      enableMessageTags: false,
      advancedEndpointTypes: [],
      colorPaletteDark: { primary: "#123" },
      logoUrl: "https://you.example/logo.png",
    });
  });

  const fine = { name: "fine", description: "" };
  const connector = { name: "Slack", transformation: "function handler() {}" };
  const deep = Array.from({ length: 100 }).reduce<object>((inner) => ({ inner }), {});
  const deepText = `{"settings":{"deep":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
  it.each([
    ["connectors", { connectors: [connector] }, ["connectors"]],
    ["a wrong name", { eventTypes: [{ ...fine, name: "a b" }] }, ["eventTypes", "1", "name"]],
    ["a name twice", { eventTypes: [fine] }, ["eventTypes"]],
    [
      "a wrong schedule",
      { eventTypes: [{ ...fine, name: "f", retrySchedule: ["5s"] }] },
      ["eventTypes", "1", "retrySchedule", "0"],
    ],
    ["settings that are a list", { settings: [] }, ["settings"]],
    ["a setting that cannot be kept", { settings: { other: ["a\0b"] } }, ["settings"]],
    ["deep settings", { settings: { deep } }, ["settings"]],
    ["long settings", { settings: { other: "x".repeat(65_537) } }, ["settings"]],
  ])("is not imported with %s, nor anything beside it", async (_what, body, loc) => {
    const before = gateway.rows();
    const { eventTypes = [] } = body as { eventTypes?: object[] };
    const refused = await imported({ ...body, eventTypes: [fine, ...eventTypes] }, here);
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", ...loc]]);
    expect(gateway.rows()).toBe(before);
  });

  it("is refused with settings that are long together with those that are kept", async () => {
    const token = await organizationToken("org_2GGGGGGGGGGGGGGGGGGGGGGGGGG");
    const half = "x".repeat(40_000);
    expect((await imported({ settings: { a: half } }, token)).status).toBe(204);
    const refused = await imported({ settings: { b: half } }, token);
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", "settings"]]);
    expect((await imported({ settings: { a: null, b: half } }, token)).status).toBe(204);
  });

  it("is refused with settings of any depth", async () => {
    const refused = await imported(deepText, here);
    expect([refused.status, refused.body.detail[0].loc]).toEqual([422, ["body", "settings"]]);
  });

  it("says that there are no connectors", async () => {
    const refused = await imported({ connectors: [connector] }, here);
    expect(refused.body.detail[0].msg).toContain("no connectors");
  });

  it("is the organization's to see and to change", async () => {
    const { id } = await gateway.svix.application.create({ name: "A" });
    const token = await applicationToken(id);
    for (const [method, path] of [
      ["GET", "/environment/settings"],
      ["POST", "/environment/export"],
      ["POST", "/environment/import"],
    ] as const) {
      expect(
        (await gateway.call(method, path, method === "GET" ? undefined : {}, token)).status,
      ).toBe(403);
    }
  });
});
