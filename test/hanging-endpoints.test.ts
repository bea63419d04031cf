import { expect, it } from "vitest";
import { createCustomer, send } from "./support/api.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";

/** More than a worker once had room for, in activities that each wait for one of them. */
const HANGING = 250;
const RETRY_MS = 1_000;
/** Until what hangs is waited for by itself, and some more for a busy machine. */
const SETTLED_MS = 3_000;
const LATE_MS_MAX = 4_000;

it("retries at other endpoints on time while many hang", async () => {
  await using posthorn = await startInstallation({
    environment: { REQUEST_TIMEOUT: "10s", RETRY_SCHEDULE: `${RETRY_MS}ms` },
  });
  await using hangs = await startReceiver(() => undefined);
  await using fails = await startReceiver((_request, count) => ({
    status: count === 1 ? 503 : 204,
  }));
  const urls = Array.from({ length: HANGING }, () => hangs.urlOf("/"));
  await send(posthorn, await createCustomer(posthorn, ...urls));
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));

  await send(posthorn, await createCustomer(posthorn, fails.urlOf("/")));
  const [first, second] = await fails.arrived(2);
  const waitedMs = (second?.atMs ?? NaN) - (first?.atMs ?? NaN);
  expect(waitedMs).toBeGreaterThanOrEqual(RETRY_MS);
  expect(waitedMs).toBeLessThan(RETRY_MS + LATE_MS_MAX);
});
