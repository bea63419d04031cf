import { pino } from "pino";
import { expect, it } from "vitest";
import { createMetrics } from "../../delivery/metrics.ts";
import { DEFAULT_ORGANIZATION_SETTINGS } from "../../domain/organization-settings.ts";
import type { EventType } from "../../domain/records.ts";
import { createCheckPayload } from "./check-payload.ts";

/** Each of them is left alone after the first payload. */
const SLOW_TYPES = 80;
const FOR_EVER = `${"a".repeat(40)}b`;

function eventType(organizationId: string, name: string): EventType {
  return {
    id: `evt_${name}`,
    organizationId,
    name,
    description: "",
    archived: false,
    deprecated: false,
    featureFlags: null,
    groupName: null,
    retrySchedule: null,
    schemas: { 1: { properties: { a: { pattern: "^(a+)+$" } } } },
    createdAtMs: 0,
    updatedAtMs: 0,
  };
}

it("an organization with many slow schemas takes no more of everybody's time than with one", async () => {
  const find = async (organizationId: string, name: string) => eventType(organizationId, name);
  const checkPayload = createCheckPayload({
    eventTypes: { find } as never,
    recentSettings: async () => ({ ...DEFAULT_ORGANIZATION_SETTINGS, payloadValidation: "reject" }),
    metrics: createMetrics(),
    logger: pino({ level: "silent" }),
  });
  const send = async (organizationId: string, type: string, a: string) =>
    checkPayload({ organizationId, eventType: type, payload: { a }, payloadBytes: 50 });

  const warnings: (string | undefined)[] = [];
  for (let i = 0; i < SLOW_TYPES; i++) {
    warnings.push((await send("org_slow", `slow.${i}`, FOR_EVER))["posthorn-payload-warning"]);
  }
  const tried = warnings.filter((warning) => warning?.includes("it took over"));
  expect(tried.length).toBeGreaterThan(0);
  // Each took 50 ms, of 3 s in all.
  expect(tried.length).toBeLessThan(65);
  expect((await send("org_slow", "another", "b"))["posthorn-payload-warning"]).toMatch(/later/);
  // Where the machine stands still just then, a check is broken off: then the next one's is not.
  const isRefused = async (at: number) =>
    send(`org_other_${at}`, "another", "b").then(
      () => false,
      () => true,
    );
  expect(await Promise.all([0, 1, 2, 3, 4].map(isRefused))).toContain(true);
});
