import { expect, it } from "vitest";
import { createCustomer, send } from "./support/api.ts";
import type { Installation } from "./support/installation.ts";
import { startInstallation } from "./support/start-installation.ts";
import { waitFor } from "./support/wait-for.ts";

/** As long as it may be. */
const DELAY_MS = 20_000;

type Play = { readonly id: string; readonly url: string };
type Arrived = { readonly body: string; readonly signature: string };

it.each(["sqlite", "postgres"] as const)(
  "a bin shows what an endpoint is sent, signed, and breaks its answer, on %s",
  async (database) => {
    const posthorn = await startInstallation({ database });
    const play: Play = await call(posthorn, "POST", "/play", {});
    const customer = await createCustomer(posthorn, play.url);
    const { applicationId } = customer;
    const [endpointId = ""] = customer.endpointIds;
    const { key: secret } = await posthorn.svix.endpoint.getSecret(applicationId, endpointId);
    await call(posthorn, "PATCH", `/play/${play.id}`, { secret });

    await send(posthorn, customer, { total: 7 });
    const [arrived] = await arrivals(posthorn, play, 1);
    expect(arrived).toMatchObject({ body: '{"total":7}', signature: "verified" });

    await call(posthorn, "PATCH", `/play/${play.id}`, { answer: { status: 500, body: "broken" } });
    await send(posthorn, customer);
    await arrivals(posthorn, play, 2);
    const { data } = await waitFor("the failed attempt", async () => {
      const query = { status: 2 } as const;
      const page = await posthorn.svix.messageAttempt.listByEndpoint(
        applicationId,
        endpointId,
        query,
      );
      return page.data.length > 0 ? page : undefined;
    });
    expect(data[0]).toMatchObject({ responseStatusCode: 500, url: play.url });

    // What is held back does not hold up a stop.
    await call(posthorn, "PATCH", `/play/${play.id}`, { answer: { delayMs: DELAY_MS } });
    const beganMs = performance.now();
    const held = fetch(play.url).then(({ status }) => ({ status, tookMs: elapsedMs(beganMs) }));
    await arrivals(posthorn, play, 3);
    await posthorn[Symbol.asyncDispose]();
    const { status, tookMs } = await held;
    expect(status).toBe(500);
    expect(tookMs).toBeLessThan(DELAY_MS);
  },
);

function elapsedMs(sinceMs: number): number {
  return performance.now() - sinceMs;
}

async function arrivals(posthorn: Installation, { id }: Play, count: number) {
  return waitFor("what was sent to the bin", async () => {
    const path = `/play/${id}/request`;
    const { data } = await call<{ data: readonly Arrived[] }>(posthorn, "GET", path);
    return data.length >= count ? data : undefined;
  });
}

async function call<Body>(
  { url, token }: Installation,
  method: string,
  path: string,
  body?: object,
): Promise<Body> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(answer.status).toBeLessThan(300);
  return (await answer.json()) as Body;
}
