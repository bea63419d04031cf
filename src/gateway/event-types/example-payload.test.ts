import { expect, it } from "vitest";
import { newestExamples } from "./example-payload.ts";

const [OLD, NEW] = [{ age: "old" }, { age: "new" }];

it.each([
  ["the examples of a schema", { 1: { examples: [OLD, NEW] } }, "1", [OLD, NEW]],
  ["those of the newest version", { 2: { examples: [OLD] }, 10: { examples: [NEW] } }, "10", [NEW]],
  ["those of the newest that has any", { 1: { examples: [OLD] }, 2: {} }, "1", [OLD]],
  ["only objects", { 1: { examples: [1, null, [OLD], NEW] } }, "1", [NEW]],
  ["the one example", { 1: { examples: "none", example: NEW } }, "1", [NEW]],
  ["examples before the one", { 1: { examples: [OLD], example: NEW } }, "1", [OLD]],
  ["the default", { 1: { examples: [], default: NEW } }, "1", [NEW]],
])("offers %s", (_, schemas, version, payloads) => {
  expect(newestExamples(schemas)).toEqual({ version, payloads });
});

it.each([[null], [{}], [{ 1: true }], [{ 1: { type: "object" } }], [{ 1: { examples: [1] } }]])(
  "offers nothing where there is nothing: %j",
  (schemas) => {
    expect(newestExamples(schemas)).toBeUndefined();
  },
);
