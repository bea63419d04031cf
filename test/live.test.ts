import { expect, it } from "vitest";
import { openEvents } from "../src/gateway/testing/test-events.ts";
import { createCustomer, send } from "./support/api.ts";
import { startReceiver } from "./support/receiver.ts";
import { startInstallation } from "./support/start-installation.ts";

it.each(["sqlite", "postgres"] as const)(
  "whoever watches is told of messages and attempts, and does not hold up a stop, on %s",
  async (database) => {
    const posthorn = await startInstallation({ database });
    await using receiver = await startReceiver();
    const customer = await createCustomer(posthorn, receiver.urlOf("/"));
    const { applicationId } = customer;
    const path = `${posthorn.url}/api/v1/app/${applicationId}/live`;
    await using live = await openEvents(path, posthorn.token);
    await live.next("ready");
    const messageId = await send(posthorn, customer);
    // In any order: they are looked up one after the other, and come meanwhile.
    const told = new Set<unknown>();
    await live.until((change) => {
      if (change["messageId"] === messageId) told.add(change["kind"]);
      return told.has("message") && told.has("attempt");
    });

    const stopped = posthorn[Symbol.asyncDispose]();
    await live.ended;
    await stopped;
    await expect(openEvents(path, posthorn.token)).rejects.toThrow();
  },
);
