import { expect, test } from "vitest";
import type { Application } from "../../domain/records.ts";
import { newId } from "../new-id.ts";
import type { Store } from "../store.ts";
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
  searchCases(opened);
  searchTextCases(opened);
  unwellCases(opened);
}

function searchCases(opened: () => Opened): void {
  test("applications whose name, uid or id begins so", async () => {
    const { store } = opened();
    const gull = await createApplication(store, { name: "Gull", uid: "x1" });
    const { organizationId } = gull;
    const goose = await createApplication(store, { organizationId, name: "goose", uid: "gu" });
    const owl = await createApplication(store, { organizationId, name: "Owl", uid: null });
    await createApplication(store, { name: "Gull" });
    const removed = await createApplication(store, { organizationId, name: "Gulp" });
    await store.applications.remove(removed.id, NOW_MS);
    const found = async (beginning: string, rowsMax = 9, after?: string) => {
      const search = { beginning, rowsMax, ...(after !== undefined && { after }) };
      const page = await store.overview.searchApplications(organizationId, search);
      return [page?.rows.map(({ name }) => name), page?.hasMore];
    };
    expect(await found("GU")).toEqual([["Gull"], false]);
    expect(await found("gu")).toEqual([["Gull", "goose"], false]);
    expect(await found("g", 1)).toEqual([["goose"], true]);
    expect(await found(owl.id)).toEqual([["Owl"], false]);
    expect(await found("app", 2)).toEqual([[], false]);
    const byId = [gull, goose, owl].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const names = byId.map(({ name }) => name);
    expect(await found("app_", 2)).toEqual([names.slice(0, 2), true]);
    expect(await found("app_", 2, byId[1]?.id)).toEqual([names.slice(2), false]);
    expect(await found("x_")).toEqual([[], false]);
  });

  test("applications that are searched, page by page", async () => {
    const { store } = opened();
    const first = await createApplication(store, { name: "ada", uid: "z" });
    const { organizationId } = first;
    const create = (name: string, uid: string | null) =>
      createApplication(store, { organizationId, name, uid });
    const twins = [await create("Adam", "ad-9"), await create("adam", null)];
    const [zoe, yan] = [await create("Zoe", "ad-1"), await create("Yan", "ad-2")];
    const [one, other] = twins.map(({ id }) => id).toSorted();
    const expected = [first.id, one, other, zoe.id, yan.id];
    const page = (after: string) =>
      store.overview.searchApplications(organizationId, { beginning: "ad", rowsMax: 2, after });
    const found = await searchOneByOne(store, organizationId, "ad");
    expect(found.map(({ id }) => id)).toEqual(expected);
    await store.applications.remove(other ?? "", NOW_MS);
    const beyond = await page(other ?? "");
    expect([beyond?.rows.map(({ id }) => id), beyond?.hasMore]).toEqual([[zoe.id, yan.id], false]);
    const stranger = await createApplication(store, { name: "Adele" });
    expect(await page(stranger.id)).toBeUndefined();
  });
}

function searchTextCases(opened: () => Opened): void {
  test("applications whose names have what means something elsewhere, or is not ASCII", async () => {
    const { store } = opened();
    const { organizationId } = await createApplication(store, { name: "50% off" });
    for (const name of ["50_off", "500", "Über", "Übung", "Uber"]) {
      await createApplication(store, { organizationId, name });
    }
    const found = async (beginning: string) =>
      (await searchOneByOne(store, organizationId, beginning)).map(({ name }) => name);
    expect(await found("50")).toEqual(["50% off", "500", "50_off"]);
    expect(await found("50%")).toEqual(["50% off"]);
    expect(await found("50_")).toEqual(["50_off"]);
    expect(await found("Üb")).toEqual(["Über", "Übung"]);
  });
}

/** All that is found, by pages of one. */
async function searchOneByOne(store: Store, organizationId: string, beginning: string) {
  const found: Application[] = [];
  for (let hasMore = true; hasMore;) {
    const after = found.at(-1)?.id;
    const search = { beginning, rowsMax: 1, ...(after !== undefined && { after }) };
    const page = await store.overview.searchApplications(organizationId, search);
    found.push(...(page?.rows ?? []));
    hasMore = page?.hasMore ?? false;
  }
  return found;
}

function unwellCases(opened: () => Opened): void {
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
