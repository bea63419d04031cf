import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createApi } from "../../src/main/demo-api.ts";
import { makeToken } from "../../src/main/token.ts";
import { JWT_SECRET, startAll, temporaryDirectory } from "../support/process.ts";
import { startReceiver } from "../support/receiver.ts";
import { waitFor } from "../support/wait-for.ts";

const LIMIT_MS = 30_000;
/** Most of the time has passed by then: who counts it anew after a restart is much too late. */
const KILLED_AT_MS = 22_000;
/** From the end of its time, or from when Posthorn runs again if that is later. */
const LATE_MS_MAX = 20_000;
/** A receiver that stands still sees later than Posthorn when its answer came. */
const APART_MS_MAX = 10_000;
const TEST_MS_MAX = 300_000;

type Health = {
  readonly disabled: boolean;
  readonly disabledReason: string | null;
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
  readonly failedAttempts: number | null;
};

test(
  "an endpoint that fails is disabled when its time has passed since its first failure, over a " +
    "SIGKILL and over the loss of Temporal's data",
  async () => {
    // Side by side, because it is only time that they need.
    await Promise.all([
      isDisabledInTime("a SIGKILL", () => undefined),
      isDisabledInTime("the loss of Temporal's data", removeTemporalData),
    ]);
  },
  TEST_MS_MAX,
);

function removeTemporalData(dataDir: string): void {
  for (const end of ["", "-wal", "-shm"]) {
    rmSync(join(dataDir, `temporal.db${end}`), { force: true });
  }
}

/** Kills all of it while the endpoint's time runs, does something to what is left, starts again. */
async function isDisabledInTime(over: string, whileDown: (dataDir: string) => void): Promise<void> {
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
  await waitFor("both attempts to be recorded", async () => {
    const { data } = await api.get<{ data: readonly object[] }>(
      `app/${applicationId}/attempt/endpoint/${id}`,
    );
    return data.length === 2 || undefined;
  });
  const before = await waitFor("the endpoint to be failing", async () => {
    const found = await api.get<Health>(`${path}/${id}`);
    return found.failingSince === null ? undefined : found;
  });
  expect(before.disabled).toBe(false);
  const sinceMs = Date.parse(before.failingSince ?? "");
  expect(Math.abs(sinceMs - arrivedAtMs)).toBeLessThan(APART_MS_MAX);
  await until(sinceMs + KILLED_AT_MS);

  first.kill("SIGKILL");
  await first.ended;
  whileDown(dataDir);
  const second = await startAll(settings);
  const again = createApi(`${second.url}/api/v1`, token);
  await until(sinceMs + LIMIT_MS);
  const after = await waitFor(
    `the endpoint to be disabled over ${over}`,
    async () => {
      const found = await again.get<Health>(`${path}/${id}`);
      return found.disabled ? found : undefined;
    },
    LATE_MS_MAX,
  );
  expect(after).toMatchObject({
    disabledReason: "failing",
    failingSince: before.failingSince,
    failedAttempts: 2,
  });
  expect(Date.parse(after.disabledAt ?? "") - sinceMs).toBeGreaterThanOrEqual(LIMIT_MS);
  await second.stop();
}

async function until(timeMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, timeMs - Date.now())));
}
