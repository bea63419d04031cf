import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { aPatient, disable, LIMITS } from "../conformance/health-fixtures.ts";
import { createSealer } from "../sealed.ts";
import { createSqliteStore } from "../sqlite/sqlite-store.ts";

/** More than are ended at once. */
const MESSAGES = 450;

test("what is pending at an endpoint is ended no more once it is enabled again", async () => {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  const patient = await aPatient(store);
  const ids = await Promise.all(Array.from({ length: MESSAGES }, () => patient.fails(10)));
  await disable(patient);
  const judging = store.watches.judge(patient.endpointId, null, LIMITS);
  const states = () =>
    Promise.all(ids.map(async (id) => (await store.messages.deliveries(id))[0]?.state));
  while (!(await states()).includes("endpoint_disabled")) await nextTurn();
  await store.endpoints.change(patient.endpointId, (found) => ({ ...found, disabled: false }));
  const before = (await states()).filter((state) => state === "pending").length;
  expect(before).toBeGreaterThan(0);
  await judging;
  expect((await states()).filter((state) => state === "pending")).toHaveLength(before);
  await store.close();
});
