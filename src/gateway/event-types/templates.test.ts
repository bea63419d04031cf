import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { payloadSchema } from "../payload-check/payload-schema.ts";
import { organizationToken, startTestGateway, type TestGateway } from "../testing/test-gateway.ts";
import { newestExamples } from "./example-payload.ts";
import { newestSchema } from "./newest-schema.ts";
import { EVENT_TYPE_IN } from "./event-type-schemas.ts";
import { TEMPLATE_SETS } from "./templates.ts";

const ALL = TEMPLATE_SETS.flatMap(({ eventTypes }) => eventTypes);

let gateway: TestGateway;
let organizations = 0;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

async function organization() {
  const token = await organizationToken(`org_templates_${organizations++}`);
  return (method: string, path: string, body?: unknown) => gateway.call(method, path, body, token);
}

describe("templates of event types", () => {
  it("are those of the platforms that Posthorn began with", () => {
    const names = TEMPLATE_SETS.map(({ name, eventTypes }) => [
      name,
      eventTypes.map((one) => one.name),
    ]);
    expect(Object.fromEntries(names)).toEqual({
      runa: ["order.completion", "product.update"],
      playground: [
        "playground-created",
        "simulation.created",
        "simulation.updated",
        "simulation.completed",
        "user-role.changed",
        "comment.created",
        "asset.updated",
      ],
    });
  });

  it.each(ALL)("have a schema that tells, and an example that is as it says: $name", (template) => {
    expect(EVENT_TYPE_IN.safeParse(template).success).toBe(true);
    const schema = payloadSchema(newestSchema(template.schemas) ?? {});
    const [example] = newestExamples(template.schemas)?.payloads ?? [];
    expect(schema.check(example, 1_000)).toEqual({ kind: "valid" });
    expect(schema.check({}, 1_000).kind).toBe("invalid");
  });

  it("are listed as they are", async () => {
    const call = await organization();
    expect((await call("GET", "/event-type-template")).body).toEqual({ data: TEMPLATE_SETS });
  });

  it("are created once; what exists is kept unless it is to be replaced", async () => {
    const call = await organization();
    const importing = (body?: object) => call("POST", "/event-type-template/runa/import", body);
    const both = ["order.completion", "product.update"];
    const nothing = { created: [], replaced: [], kept: [] };
    expect((await importing()).body).toEqual({ ...nothing, created: both });
    const created = (await call("GET", "/event-type/order.completion")).body;
    expect(created).toMatchObject(ALL[0] ?? {});

    await call("PATCH", "/event-type/order.completion", {
      description: "Ours",
      featureFlags: ["f"],
    });
    await call("DELETE", "/event-type/product.update");
    const before = gateway.rows();
    expect((await importing({ replace: false })).body).toEqual({ ...nothing, kept: both });
    expect(gateway.rows()).toBe(before);

    expect((await importing({ replace: true })).body).toEqual({ ...nothing, replaced: both });
    const replaced = (await call("GET", "/event-type/order.completion")).body;
    expect(replaced).toMatchObject({ description: created.description, featureFlags: ["f"] });
    expect((await call("GET", "/event-type/product.update")).body).toMatchObject({
      archived: false,
    });
  });

  it("are not found by another name", async () => {
    const call = await organization();
    const answer = await call("POST", "/event-type-template/runo/import");
    expect([answer.status, answer.body.detail]).toEqual([
      404,
      "There is no such template: there are runa, playground",
    ]);
  });
});
