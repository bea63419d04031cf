import { expect, test } from "vitest";
import { PLAIN_FORMAT, type RequestFormat } from "../../domain/request-format.ts";
import {
  aMessage,
  aRecord,
  attemptsOf,
  createApplication,
  createEndpoint,
  NOW_MS,
  OWL,
  RAVEN,
} from "./fixtures.ts";
import type { Opened } from "./test-database.ts";

const FORMAT: RequestFormat = {
  body: "event-data",
  hexSignature: { header: "x-kiosk-signature", secret: "whsec_a text like any" },
  authToken: "the owl flies at night",
  bodyToken: { path: "meta.token", token: "über geheim" },
  checksum: true,
};
const TWENTY = Array.from({ length: 20 }, (_, index) => String(index));

export function requestFormatCases(opened: () => Opened): void {
  test("an endpoint has none at first; it is kept as it was set, and taken away", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id } = await createEndpoint(store, application);
    expect(await store.requestFormats.find(id)).toEqual(PLAIN_FORMAT);
    expect(await store.requestFormats.change(id, () => FORMAT, NOW_MS)).toEqual(FORMAT);
    expect(await store.requestFormats.find(id)).toEqual(FORMAT);
    const touched = await store.endpoints.find(application.id, id);
    expect(touched?.updatedAtMs).toBe(NOW_MS + 1);
    await store.requestFormats.change(id, () => PLAIN_FORMAT, NOW_MS);
    expect(await store.requestFormats.find(id)).toEqual(PLAIN_FORMAT);
    expect(await firstFormat(opened(), application)).toBeNull();
  });

  test("those of several endpoints are read at once; who has none is left out", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const [one, other, deleted] = [
      await createEndpoint(store, application, { requestFormat: FORMAT }),
      await createEndpoint(store, application),
      await createEndpoint(store, application, { requestFormat: FORMAT }),
    ];
    await store.endpoints.remove(deleted.id, NOW_MS);
    const ids = [one.id, other.id, deleted.id, "ep_nobody"];
    expect(await store.requestFormats.findEach(ids)).toEqual(new Map([[one.id, FORMAT]]));
    expect(await store.requestFormats.findEach([])).toEqual(new Map());
  });

  test("one that comes with an endpoint is there from the first attempt on", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id: endpointId } = await createEndpoint(store, application, { requestFormat: FORMAT });
    const message = aMessage(application, { lease: RAVEN });
    const [first] = attemptsOf(await store.accept(message));
    if (first === undefined) throw new Error("no attempt to make");
    expect(first.requestFormat).toEqual(FORMAT);
    await store.record(aRecord(first));
    const [second] = await store.claim([{ ...first, attemptNumber: 2 }], OWL);
    expect(second).toMatchObject({ kind: "claimed", attempt: { requestFormat: FORMAT } });
    const { messageId, applicationId } = first;
    const manual = await store.claimManual({ messageId, endpointId, applicationId }, OWL);
    expect(manual).toMatchObject({ kind: "claimed", attempt: { requestFormat: FORMAT } });
    const named = aMessage(application, { recipients: { endpointId } });
    const [only] = attemptsOf(await store.accept(named));
    expect(only?.requestFormat).toEqual(FORMAT);
  });

  test("none of its secrets can be read in the database", async () => {
    const { store, database } = opened();
    const application = await createApplication(store, { name: "legible-name" });
    const { id } = await createEndpoint(store, application, {
      requestFormat: { ...PLAIN_FORMAT, authToken: "first-secret" },
    });
    const hexSignature = { header: "x-mark", secret: "second-secret" };
    const bodyToken = { path: "token", token: "third-secret" };
    const change = (found: RequestFormat) => ({ ...found, hexSignature, bodyToken });
    await store.requestFormats.change(id, change, NOW_MS);
    const contents = await database.contents();
    expect(contents.includes("legible-name")).toBe(true);
    for (const nth of ["first", "second", "third"]) {
      expect(contents.includes(`${nth}-secret`)).toBe(false);
    }
  });
}

export function requestFormatChangeCases(opened: () => Opened): void {
  test("of twenty changes at once none is lost, nor what is changed beside them", async () => {
    const { store } = opened();
    const { id } = await createEndpoint(store, await createApplication(store));
    await Promise.all([
      ...TWENTY.map(async (key) => store.requestFormats.change(id, added(key), NOW_MS)),
      ...TWENTY.map(async (key) =>
        store.endpoints.changeHeaders(id, (found) => ({ ...found, [key]: "" }), NOW_MS),
      ),
    ]);
    const { authToken } = await store.requestFormats.find(id);
    expect(authToken?.split(" ").toSorted()).toEqual(["", ...TWENTY].toSorted());
    expect(Object.keys(await store.endpoints.headers(id))).toHaveLength(20);
  });

  test("what a change throws goes to the caller; of an endpoint that is gone nothing is left", async () => {
    const { store } = opened();
    const application = await createApplication(store);
    const { id } = await createEndpoint(store, application, { requestFormat: FORMAT });
    const refuse = () => {
      throw new Error("no secret");
    };
    await expect(store.requestFormats.change(id, refuse, NOW_MS)).rejects.toThrow("no secret");
    expect(await store.requestFormats.find(id)).toEqual(FORMAT);
    await store.endpoints.remove(id, NOW_MS);
    expect(await store.requestFormats.change(id, refuse, NOW_MS)).toBeUndefined();
    expect(await store.requestFormats.find(id)).toEqual(PLAIN_FORMAT);
  });
}

function added(key: string): (found: RequestFormat) => RequestFormat {
  return (found) => ({ ...found, authToken: `${found.authToken ?? ""} ${key}` });
}

async function firstFormat(
  { store }: Opened,
  application: Parameters<typeof aMessage>[0],
): Promise<RequestFormat | null | undefined> {
  const [first] = attemptsOf(await store.accept(aMessage(application)));
  return first?.requestFormat;
}
