import { expect, it } from "vitest";
import { anEventType } from "../../store/conformance/fixtures.ts";
import { ProblemError } from "../http/problem.ts";
import { startTestGateway } from "../testing/test-gateway.ts";
import { allEventTypes } from "./all-event-types.ts";

const ORGANIZATION = "org_many";

it("are all read, page by page", async () => {
  await using gateway = await startTestGateway();
  const { eventTypes } = gateway.store;
  const names = Array.from({ length: 250 }, (_, i) => `e-${String(i).padStart(3, "0")}`);
  for (const name of names) await eventTypes.create(anEventType(ORGANIZATION, { name }));
  const found = await allEventTypes(eventTypes, ORGANIZATION);
  expect(found.map(({ name }) => name)).toEqual(names);
});

it.each([
  ["over 10,000 of them", 100, null],
  ["over 64 MiB of schemas", 3, { "1": { description: "x".repeat(256 * 1_024 - 100) } }],
])("are refused where there are %s", async (_, pagesMin, schemas) => {
  await using gateway = await startTestGateway();
  const { eventTypes } = gateway.store;
  let pages = 0;
  const rows = Array.from({ length: 100 }, () => anEventType(ORGANIZATION, { schemas }));
  const list = async () => {
    pages += 1;
    return { rows, hasMore: true };
  };
  const reading = allEventTypes({ ...eventTypes, list }, ORGANIZATION);
  const error = await reading.catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) return expect.unreachable();
  expect(error.problem).toMatchObject({ status: 409, body: { code: "limit_reached" } });
  expect(pages).toBe(schemas === null ? pagesMin + 1 : pagesMin);
});
