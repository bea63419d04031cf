import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createApi } from "../../src/main/demo-api.ts";
import { makeToken } from "../../src/main/token.ts";
import { JWT_SECRET, startAll, temporaryDirectory } from "../support/process.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

/** Longer than a restart takes on a machine that does much else. */
const LIMIT_MS = 30_000;
const LATE_MS_MAX = 15_000;
/** Until the watch sleeps. */
const TOLD_MS = 4_000;
const DISABLED_MS_MAX = 70_000;
const TEST_MS_MAX = 180_000;

type Health = {
  readonly disabled: boolean;
  readonly disabledReason: string | null;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
  readonly failedAttempts: number | null;
};

test(
  "an endpoint that fails is disabled when its time has passed, over a SIGKILL",
  () => isDisabledInTime(() => undefined),
  TEST_MS_MAX,
);

test(
  "and over the loss of Temporal's data: its time is counted from its first failure",
  () =>
    isDisabledInTime((dataDir) => {
      for (const end of ["", "-wal", "-shm"]) {
        rmSync(join(dataDir, `temporal.db${end}`), { force: true });
      }
    }),
  TEST_MS_MAX,
);

/** Kills all of it while the endpoint's time runs, does something to what is left, starts again. */
async function isDisabledInTime(whileDown: (dataDir: string) => void): Promise<void> {
  await using receiver = await startReceiver(() => ({ status: 500 }));
  const dataDir = temporaryDirectory();
  const settings = {
    DATA_DIR: dataDir,
    DISABLE_ENDPOINT_AFTER: `${LIMIT_MS}ms`,
    RETRY_SCHEDULE: "1h",
  };
  const first = await startAll(settings);
  const token = await makeToken(JWT_SECRET, { organizationId: "org_watches" });
  const api = createApi(`${first.url}/api/v1`, token);
  const { id: applicationId } = await api.post<{ id: string }>("app", { name: "Watched" });
  const path = `app/${applicationId}/endpoint`;
  const { id } = await api.post<{ id: string }>(path, { url: receiver.urlOf("/") });
  const message = { eventType: "order.completion", payload: {} };
  for (let i = 0; i < 2; i++) await api.post(`app/${applicationId}/msg`, message);
  await receiver.arrived(2);
  const arrivedAtMs = receiver.requests[0]?.atMs ?? NaN;
  const before = await waitFor("the endpoint to be failing", async () => {
    const found = await api.get<Health>(`${path}/${id}`);
    return found.failingSince === null ? undefined : found;
  });
  expect(before.disabled).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, TOLD_MS));

  first.kill("SIGKILL");
  await first.ended;
  whileDown(dataDir);
  const second = await startAll(settings);
  const again = createApi(`${second.url}/api/v1`, token);
  const after = await waitFor(
    "the endpoint to be disabled",
    async () => {
      const found = await again.get<Health>(`${path}/${id}`);
      return found.disabled ? found : undefined;
    },
    DISABLED_MS_MAX,
  );
  expect(after).toMatchObject({
    disabledReason: "failing",
    failingSince: before.failingSince,
    failedAttempts: 2,
  });
  const failedForMs = Date.parse(after.disabledAt ?? "") - Date.parse(after.failingSince ?? "");
  expect(failedForMs).toBeGreaterThanOrEqual(LIMIT_MS);
  expect(failedForMs).toBeLessThan(LIMIT_MS + LATE_MS_MAX);
  expect(Math.abs(Date.parse(after.failingSince ?? "") - arrivedAtMs)).toBeLessThan(TOLD_MS);
  await second.stop();
}
