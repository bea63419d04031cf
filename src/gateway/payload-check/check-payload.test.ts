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

  const beganAtMs = performance.now();
  for (let i = 0; i < SLOW_TYPES; i++) await send("org_slow", `slow.${i}`, FOR_EVER);
  expect(performance.now() - beganAtMs).toBeLessThan(SLOW_TYPES * 50);
  expect((await send("org_slow", "another", "b"))["posthorn-payload-warning"]).toMatch(/later/);
  await expect(send("org_other", "another", "b")).rejects.toThrow();
}, 15_000);
