import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applicationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const post = async (body: object) => gateway.call("POST", "/event-type/import/openapi", body);
const get = async (name: string) => (await gateway.call("GET", `/event-type/${name}`)).body;
const schemaOf = async (name: string) => (await get(name)).schemas["1"];
const loc = ({ body }: { body: { detail: { loc: string[] }[] } }) => body.detail[0]?.loc;

/** A document of one webhook whose JSON body has this schema. */
function withSchema(name: string, schema: unknown, rest: object = {}, media: object = {}) {
  const content = { "application/json": { schema, ...media } };
  return {
    openapi: "3.1.0",
    webhooks: { [name]: { post: { requestBody: { content } } } },
    ...rest,
  };
}

const YAML = `
openapi: 3.1.0
webhooks:
  "pet.new":
    post:
      summary: A new pet
      tags: [pets, others]
      requestBody:
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/Pet"
  "pet.gone":
    post:
      description: A pet is gone
      deprecated: true
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: { type: integer }
        owner: { $ref: "#/components/schemas/Owner" }
    Owner: { type: object, properties: { name: { type: string } } }
`;

describe("an import of event types from an OpenAPI document", () => {
  it("creates one for each webhook of a document in YAML", async () => {
    const answer = await post({ specRaw: YAML });
    expect([answer.status, answer.body.data]).toEqual([
      200,
      { modified: ["pet.new", "pet.gone"], to_modify: null, archived: [] },
    ]);
    const pet = await get("pet.new");
    expect(pet).toMatchObject({ description: "A new pet", groupName: "pets", deprecated: false });
    expect(pet.schemas).toEqual({
      "1": {
        type: "object",
        required: ["id"],
        properties: { id: { type: "integer" }, owner: { $ref: "#/$defs/Owner" } },
        $defs: { Owner: { type: "object", properties: { name: { type: "string" } } } },
      },
    });
    const gone = { description: "A pet is gone", deprecated: true, schemas: null, groupName: null };
    expect(await get("pet.gone")).toMatchObject(gone);
  });

  it("reads x-webhooks, path items that are referred to, and other kinds of JSON", async () => {
    const content = { "application/vnd.pets+json; charset=utf-8": { schema: { type: "object" } } };
    const components = {
      pathItems: {
        Fed: { summary: "Fed", put: { requestBody: { $ref: "#/components/bodies/B" } } },
      },
      bodies: { B: { content } },
    };
    const spec = {
      "x-webhooks": { "pet.fed": { $ref: "#/components/pathItems/Fed" } },
      components,
    };
    expect((await post({ spec })).body.data.modified).toEqual(["pet.fed"]);
    const fed = { description: "Fed", schemas: { "1": { type: "object" } } };
    expect(await get("pet.fed")).toMatchObject(fed);
  });

  it("keeps what refers to itself, and what has the same name elsewhere", async () => {
    const node = {
      type: "object",
      properties: {
        next: { $ref: "#/components/schemas/Node" },
        other: { $ref: "#/components/others/Node" },
        $ref: { type: "string" },
      },
      default: { $ref: "#/not/a/reference" },
    };
    const components = { schemas: { Node: node }, others: { Node: { type: "string" } } };
    const spec = withSchema("cycle", { $ref: "#/components/schemas/Node" }, { components });
    expect((await post({ spec })).status).toBe(200);
    const bundled = {
      ...node,
      properties: {
        ...node.properties,
        next: { $ref: "#/$defs/Node" },
        other: { $ref: "#/$defs/Node-2" },
      },
    };
    const $defs = { Node: bundled, "Node-2": { type: "string" } };
    expect(await schemaOf("cycle")).toEqual({ ...bundled, $defs });
  });

  it("keeps examples, wherever they are, and sends them", async () => {
    const [one, two] = [{ id: 1 }, { id: 2 }];
    const named = { examples: { a: { $ref: "#/components/examples/A" }, b: { value: two } } };
    const components = { examples: { A: { value: one } } };
    const cases: [object, object][] = [
      [withSchema("ex.own", { examples: [one, two] }, {}, { example: two }), [one, two]],
      [withSchema("ex.one", { example: one }, {}), [one]],
      [withSchema("ex.media", { type: "object" }, {}, { example: two }), [two]],
      [withSchema("ex.named", { type: "object" }, { components }, named), [one, two]],
    ];
    for (const [spec, examples] of cases) {
      const { body } = await post({ spec });
      expect(await schemaOf(body.data.modified[0])).toMatchObject({ examples });
    }
    const { id } = await gateway.svix.application.create({ name: "Examples" });
    const endpoint = await gateway.svix.endpoint.create(id, { url: "https://a.example" });
    const path = `/app/${id}/endpoint/${endpoint.id}/send-example`;
    const sent = await gateway.call("POST", path, { eventType: "ex.named" });
    expect(sent.body.payload).toEqual(one);
  });

  it("replaces what is there, and brings back what is archived, but keeps who sees it", async () => {
    const before = {
      description: "old",
      groupName: "g",
      schemas: { "2": {} },
      featureFlags: ["f"],
    };
    for (const name of ["re.live", "re.old"]) {
      await gateway.call("POST", "/event-type", { name, ...before });
    }
    await gateway.call("DELETE", "/event-type/re.old");
    const webhooks = {
      "re.live": { post: {} },
      "re.old": { post: { "x-svix-feature-flag": "h" } },
    };
    await post({ spec: { webhooks } });
    const replaced = { description: "", groupName: null, schemas: null, archived: false };
    expect(await get("re.live")).toMatchObject({ ...replaced, featureFlags: ["f"] });
    expect(await get("re.old")).toMatchObject({ ...replaced, featureFlags: ["h"] });
  });

  it("reads who sees it and its group from the extensions that are in use", async () => {
    const operation = {
      "x-svix-feature-flags": ["a", "b"],
      "x-svix-group-name": "said",
      tags: ["t"],
    };
    await post({ spec: { webhooks: { "x.said": { post: operation } } } });
    expect(await get("x.said")).toMatchObject({ featureFlags: ["a", "b"], groupName: "said" });
    await post({ spec: { webhooks: { "x.tag": { post: { tags: ["Two words"] } } } } });
    expect((await get("x.tag")).groupName).toBeNull();
  });

  it("only says what it would do, in a dry run", async () => {
    await gateway.call("POST", "/event-type", { name: "dry.other", description: "" });
    const before = gateway.rows();
    const spec = withSchema("dry.new", { type: "object" });
    const { body } = await post({ spec, dryRun: true, replaceAll: true });
    expect(body.data.modified).toEqual([]);
    expect(body.data.to_modify).toEqual([
      {
        name: "dry.new",
        description: "",
        deprecated: false,
        groupName: null,
        featureFlags: null,
        schemas: { "1": { type: "object" } },
      },
    ]);
    expect(body.data.archived).toContain("dry.other");
    expect(gateway.rows()).toBe(before);
  });

  it("archives all others when it is to replace all", async () => {
    await gateway.call("POST", "/event-type", { name: "all.other", description: "" });
    const spec = { webhooks: { "all.new": {} } };
    const { body } = await post({ spec, replaceAll: true });
    expect(body.data.archived).toContain("all.other");
    const { body: listed } = await gateway.call("GET", "/event-type");
    expect(listed.data.map(({ name }: { name: string }) => name)).toEqual(["all.new"]);
  });

  it("needs a token of the organization", async () => {
    const { id } = await gateway.svix.application.create({ name: "A" });
    const token = await applicationToken(id);
    const path = "/event-type/import/openapi";
    expect((await gateway.call("POST", path, { spec: {} }, token)).status).toBe(403);
  });
});

const CIRCLE = { a: { $ref: "#/components/b" }, b: { $ref: "#/components/a" } };
const deep = (depth: number): unknown => (depth === 0 ? {} : { items: deep(depth - 1) });

describe("an import is refused, and leaves nothing,", () => {
  it.each([
    ["without a document", {}],
    ["with two", { spec: { webhooks: {} }, specRaw: "webhooks: {}" }],
  ])("%s", async (_what, body) => {
    const refused = await post(body);
    expect([refused.status, refused.body.code]).toEqual([400, "invalid_spec"]);
  });

  it("if any name cannot be an event type's, and all such names are told", async () => {
    const before = gateway.rows();
    const spec = { webhooks: { fine: {}, "two words": {}, "": {}, "a/b": {} } };
    const refused = await post({ spec });
    expect(refused.status).toBe(422);
    const locs = refused.body.detail.map((fault: { loc: string[] }) => fault.loc);
    expect(locs).toEqual(
      ["two words", "", "a/b"].map((name) => ["body", "spec", "webhooks", name, "name"]),
    );
    expect(refused.body.detail[0].msg).toContain('"two words"');
    expect(gateway.rows()).toBe(before);
  });

  it.each([
    ["no webhooks", { openapi: "3.1.0", paths: {} }, ["body", "spec"]],
    ["a reference to nothing", withSchema("w", { $ref: "#/a" }), ["body", "spec", "webhooks", "w"]],
    [
      "a reference to nothing, inside",
      withSchema("w", { properties: { a: { $ref: "#/a/%zz" } } }),
      ["body", "spec", "webhooks", "w"],
    ],
    [
      "a reference to another document",
      withSchema("w", { $ref: "https://a.example/schema.json" }),
      ["body", "spec", "webhooks", "w"],
    ],
    [
      "what every object inherits",
      withSchema("w", { $ref: "#/constructor" }),
      ["body", "spec", "webhooks", "w"],
    ],
    [
      "references in a circle",
      withSchema("w", { $ref: "#/components/a" }, { components: CIRCLE }),
      ["body", "spec", "webhooks", "w"],
    ],
    ["what is nested deeply", withSchema("w", deep(70)), ["body", "spec", "webhooks", "w"]],
    [
      "what is no JSON schema",
      withSchema("w", { type: "text" }),
      ["body", "spec", "webhooks", "w", "schemas", "1", "type"],
    ],
    [
      "a group that is no name",
      { webhooks: { w: { post: { "x-svix-group-name": "two words" } } } },
      ["body", "spec", "webhooks", "w", "groupName"],
    ],
    [
      "over 1,000 webhooks",
      { webhooks: Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`w${at}`, {}])) },
      ["body", "spec"],
    ],
  ])("with %s", async (_what, spec, expected) => {
    const before = gateway.rows();
    const refused = await post({ spec });
    expect([refused.status, loc(refused)]).toEqual([422, expected]);
    expect(gateway.rows()).toBe(before);
  });

  it.each([
    ["no YAML", "a: b: c"],
    ["a text", "only text"],
    ["a list", "[1, 2]"],
    ["what never ends", `a: ${"[".repeat(20_000)}`],
    ["aliases that stand for millions", bomb()],
  ])("with %s", async (_what, specRaw) => {
    const refused = await post({ specRaw });
    expect([refused.status, loc(refused)]).toEqual([422, ["body", "specRaw"]]);
  });

  it("in over 128 KiB of YAML, while JSON may be longer", async () => {
    const text = "x".repeat(128 * 1024 - 20);
    expect((await post({ specRaw: `{webhooks: {}, a: ${text}}` })).status).toBe(200);
    const refused = await post({ specRaw: `{webhooks: {}, a: ${text} and this}` });
    expect([refused.status, loc(refused)]).toEqual([422, ["body", "specRaw"]]);
    expect(refused.body.detail[0].msg).toMatch(/128 KiB .*JSON/);
    const specRaw = JSON.stringify({ webhooks: {}, a: text.repeat(4) });
    expect((await post({ specRaw })).status).toBe(200);
  });

  it("with schemas that are large once each has what it refers to", async () => {
    const large = { type: "string", description: "x".repeat(100_000) };
    const schema = { properties: { a: { $ref: "#/components/schemas/Large" } } };
    const { webhooks } = withSchema("w0", schema);
    const names = Array.from({ length: 200 }, (_, at) => [`w${at}`, webhooks["w0"]]);
    const components = { schemas: { Large: large } };
    const refused = await post({ spec: { webhooks: Object.fromEntries(names), components } });
    expect([refused.status, loc(refused)]).toEqual([422, ["body", "spec"]]);
    expect(refused.body.detail[0].msg).toContain("16 MiB");
  });
});

function bomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 9; level++) {
    const alias = `*a${level - 1}`;
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => alias).join(", ")}]`);
  }
  return lines.join("\n");
}
