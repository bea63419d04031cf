import { pino } from "pino";
import { expect, it } from "vitest";
import { aPatient, disable } from "../store/conformance/health-fixtures.ts";
import { createSealer } from "../store/sealed.ts";
import { createSqliteStore } from "../store/sqlite/sqlite-store.ts";
import { createJudgeEndpoint } from "./judge-endpoint.ts";
import { createMetrics } from "./metrics.ts";

it("counts endpoints that are disabled, and says so in the log; not those that only fail", async () => {
  const store = createSqliteStore({ file: ":memory:", sealer: createSealer(["k"]) });
  const lines: string[] = [];
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const metrics = createMetrics();
  const judge = createJudgeEndpoint({ store, disableAfterMs: 60_000, metrics, logger });
  const [failing, disabled] = [await aPatient(store), await aPatient(store)];
  for (const patient of [failing, disabled]) await patient.fails(0);
  await disable(disabled);
  for (const { endpointId } of [failing, disabled]) await judge(endpointId, null);
  const { values } = await metrics.endpointsDisabled.get();
  expect(values).toMatchObject([{ labels: { reason: "owner" }, value: 1 }]);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    {
      msg: "an endpoint is disabled",
      endpointId: disabled.endpointId,
      reason: "owner",
      deliveriesEnded: 1,
    },
  ]);
  await store.close();
});
