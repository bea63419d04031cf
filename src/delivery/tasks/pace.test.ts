import { describe, expect, it } from "vitest";
import { createPace } from "./pace.ts";

const NEVER = new AbortController().signal;
/** On a machine that does much else. */
const SOON_MS = 20_000;

describe("a pace", () => {
  it("lets so many through each second, whoever asks", async () => {
    const pace = createPace(100);
    const fromMs = performance.now();
    const took = await Promise.all(
      Array.from({ length: 21 }, async () => {
        await pace.next(1, NEVER);
        return performance.now() - fromMs;
      }),
    );
    expect(took[20]).toBeGreaterThanOrEqual(195);
    expect(took[20]).toBeLessThan(SOON_MS);
  });

  it("makes whoever comes next wait for all that went together", async () => {
    const pace = createPace(1_000);
    const fromMs = performance.now();
    await pace.next(100, NEVER);
    await pace.next(1, NEVER);
    expect(performance.now() - fromMs).toBeGreaterThanOrEqual(95);
  });

  it("saves nothing up while nobody asks", async () => {
    const pace = createPace(50);
    await pace.next(1, NEVER);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const fromMs = performance.now();
    for (let i = 0; i < 3; i++) await pace.next(1, NEVER);
    expect(performance.now() - fromMs).toBeGreaterThanOrEqual(38);
  });

  it("keeps nobody who is told to stop", async () => {
    const pace = createPace(1);
    const stop = new AbortController();
    await pace.next(60, stop.signal);
    const waited = pace.next(1, stop.signal);
    stop.abort();
    const fromMs = performance.now();
    await waited;
    await pace.next(1, stop.signal);
    expect(performance.now() - fromMs).toBeLessThan(SOON_MS);
  });
});
