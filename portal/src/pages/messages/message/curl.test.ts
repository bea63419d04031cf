import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { curlOf } from "./curl.ts";

it("says to a shell exactly what was sent, whatever is in it", () => {
  const payload = `{"name":"O'Hara $HOME \`id\` \\" \n %"}`;
  const command = curlOf({ url: "https://a.example/?x='1'&y=2", messageId: "msg_1", payload });
  const script = `curl() { printf '%s\\0' "$@"; }; ${command}`;
  const words = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0");
  expect(words).toEqual([
    "-X",
    "POST",
    "https://a.example/?x='1'&y=2",
    "-H",
    "content-type: application/json",
    "-H",
    "webhook-id: msg_1",
    "--data-raw",
    payload,
    "",
  ]);
});
