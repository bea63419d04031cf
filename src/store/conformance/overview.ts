import { expect, test } from "vitest";
import { newId } from "../new-id.ts";
import {
  acceptOne,
  aMessage,
  anEndpoint,
  aRecord,
  aSuccess,
  createApplication,
  createEndpoint,
  NOW_MS,
} from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const HOUR_MS = 3_600_000;

export function overviewCases(opened: () => Opened): void {
  test("applications whose name, uid or id begins so", async () => {
    const { store } = opened();
    const gull = await createApplication(store, { name: "Gull", uid: "x1" });
    const { organizationId } = gull;
    const goose = await createApplication(store, { organizationId, name: "goose", uid: "gu" });
    const owl = await createApplication(store, { organizationId, name: "Owl", uid: null });
    await createApplication(store, { name: "Gull" });
    const removed = await createApplication(store, { organizationId, name: "Gulp" });
    await store.applications.remove(removed.id, NOW_MS);
    const found = async (beginning: string, rowsMax = 9) => {
      const page = await store.overview.searchApplications(organizationId, beginning, rowsMax);
      return [page.rows.map(({ name }) => name), page.hasMore];
    };
    expect(await found("GU")).toEqual([["Gull"], false]);
    expect(await found("gu")).toEqual([["goose", "Gull"], false]);
    expect(await found("g", 1)).toEqual([["goose"], true]);
    expect(await found(owl.id)).toEqual([["Owl"], false]);
    expect(await found(goose.id.slice(0, 4), 2)).toEqual([["goose", "Gull"], true]);
    expect(await found("x_")).toEqual([[], false]);
  });

  test("endpoints that fail or are disabled, and no others", async () => {
    const { store } = opened();
    const { attempt, endpoint, application } = await acceptOne(store);
    const { organizationId } = application;
    const unwell = async () => {
      const { rows } = await store.overview.unwellEndpoints(organizationId, 9);
      return rows.map((one) => one.endpoint.id);
    };
    expect(await unwell()).toEqual([]);
    await store.record(aRecord(attempt));
    const { name, uid, id } = application;
    const page = await store.overview.unwellEndpoints(organizationId, 9);
    expect(page.rows).toMatchObject([{ application: { name, uid, id } }]);
    const off = anEndpoint(id, { id: newId("ep", NOW_MS + 1_000), disabled: true });
    await store.endpoints.create(off);
    expect(await unwell()).toEqual([off.id, endpoint.id]);
    const cut = await store.overview.unwellEndpoints(organizationId, 1);
    expect(cut).toMatchObject({ hasMore: true, rows: [{ endpoint: { id: off.id } }] });
    await store.endpoints.remove(off.id, NOW_MS);
    await store.record(
      aSuccess(attempt, { id: newId("atmpt", NOW_MS + 1), endedAtMs: NOW_MS + 1 }),
    );
    expect(await unwell()).toEqual([]);
  });
}

export function recentCountCases(opened: () => Opened): void {
  test("what was sent, and what came of it, by spans", async () => {
    const { store } = opened();
    const one = await createApplication(store);
    const other = await createApplication(store, { organizationId: one.organizationId });
    for (const application of [one, other]) {
      await createEndpoint(store, application);
      for (const atMs of [NOW_MS, NOW_MS + HOUR_MS]) {
        const message = aMessage(application, { id: newId("msg", atMs) });
        const result = await store.accept(message);
        const [attempt] = result.kind === "accepted" ? result.attempts : [];
        if (attempt === undefined) throw new Error("no attempt to make");
        await store.record(
          application === one
            ? aSuccess(attempt, { endedAtMs: atMs })
            : aRecord(attempt, { endedAtMs: atMs }),
        );
      }
    }
    const spans = [-1, 0, 1].map((hour) => ({
      fromMs: NOW_MS + hour * HOUR_MS,
      untilMs: NOW_MS + (hour + 1) * HOUR_MS,
    }));
    const each = { messages: 2, succeeded: 1, failed: 1 };
    expect(await store.overview.countRecent(one.organizationId, spans)).toEqual({
      spans: [{ messages: 0, succeeded: 0, failed: 0 }, each, each],
      isExact: true,
    });
  });
}
