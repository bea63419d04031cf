import { expect, it } from "vitest";
import { createEventReader, type Change } from "./read-events.ts";

function readAll(pieces: readonly string[]) {
  const told: (Change | "ready")[] = [];
  const read = createEventReader({
    ready: () => told.push("ready"),
    changed: (change) => told.push(change),
  });
  pieces.forEach(read);
  return told;
}

const STREAM =
  'event: ready\ndata: {}\n\n: still here\n\nevent: change\r\ndata: {"kind":"attempt"}\r\n\r\n' +
  'event: other\ndata: {"kind":"task"}\n\nevent: change\ndata: {"kind":"task","taskId":"q"}\n\nevent: ch';
const TOLD = ["ready", { kind: "attempt" }, { kind: "task", taskId: "q" }];

it("reads events, whatever the pieces in which they come", () => {
  expect(readAll([STREAM])).toEqual(TOLD);
  expect(readAll(STREAM.match(/[^]{1,7}/g) ?? [])).toEqual(TOLD);
});

it("passes over what is no JSON", () => {
  expect(readAll(["event: change\ndata: {oops\n\n"])).toEqual([]);
});
