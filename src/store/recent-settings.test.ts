import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DEFAULT_ORGANIZATION_SETTINGS } from "../domain/organization-settings.ts";
import { createRecentSettings } from "./recent-settings.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function over(answers: () => Promise<typeof DEFAULT_ORGANIZATION_SETTINGS>) {
  const settings = vi.fn(answers);
  return { settings, recent: createRecentSettings({ organizations: { settings } }) };
}

it("asks the database once a second for each organization, however many ask", async () => {
  const { settings, recent } = over(() => Promise.resolve(DEFAULT_ORGANIZATION_SETTINGS));
  await Promise.all([recent("org_a"), recent("org_a"), recent("org_b")]);
  vi.advanceTimersByTime(999);
  expect(await recent("org_a")).toBe(DEFAULT_ORGANIZATION_SETTINGS);
  expect(settings).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1);
  await recent("org_a");
  expect(settings).toHaveBeenCalledTimes(3);
});

it("does not remember that the database failed", async () => {
  const failing = [Promise.reject(new Error("gone"))];
  const { recent } = over(
    () =>
      failing.pop() ?? Promise.resolve({ ...DEFAULT_ORGANIZATION_SETTINGS, publicCatalogue: true }),
  );
  await expect(recent("org_a")).rejects.toThrow("gone");
  expect(await recent("org_a")).toMatchObject({ publicCatalogue: true });
});
