import { defineConfig } from "vitest/config";

/** The machine that this has to be quick on has two cores; most of these tests wait for something. */
const END_TO_END_WORKERS_MAX = 3;

export default defineConfig({
  test: {
    // Only here, not in the projects: it runs once for all of them, and provides to all.
    globalSetup: ["test/support/global-setup.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["{src,activities,workflows,portal}/**/*.test.ts"],
          exclude: ["src/store/**", "**/node_modules/**"],
          pool: "forks",
          // Only what fails takes so long: any process may stand still for seconds.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "store",
          include: ["src/store/**/*.test.ts"],
          pool: "forks",
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "end-to-end",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{clients,portal}/**", "**/node_modules/**"],
          pool: "forks",
          maxWorkers: END_TO_END_WORKERS_MAX,
          // Above what wait-for.ts waits for, so that it is said what did not come.
          testTimeout: 120_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 30_000 } },
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "clients",
          include: ["test/clients/**/*.test.ts"],
          // Only where one of these tests runs: it may install what they need.
          globalSetup: ["test/clients/global-setup.ts"],
          pool: "forks",
          maxWorkers: END_TO_END_WORKERS_MAX,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: 30_000 } },
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: "portal",
          include: ["test/portal/**/*.test.ts"],
          // Only where one of these tests runs: it builds the portal, and looks for a browser.
          globalSetup: ["test/portal/support/global-setup.ts"],
          pool: "forks",
          maxWorkers: END_TO_END_WORKERS_MAX,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
