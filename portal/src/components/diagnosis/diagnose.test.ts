import { describe, expect, it } from "vitest";
import { diagnose } from "./diagnose.ts";

const unanswered = (response: string, url?: string) =>
  diagnose({ responseStatusCode: 0, response, ...(url !== undefined && { url }) });
const answered = (responseStatusCode: number) => diagnose({ responseStatusCode, response: "" });

describe("the diagnosis of an attempt", () => {
  it("has nothing to advise where it succeeded", () => {
    expect(answered(204)).toEqual({
      tone: "success",
      title: "Your server answered 204.",
      advice: "",
    });
  });

  it.each([
    [301, /Redirects are not followed/],
    [400, /raw body/],
    [401, /Did you verify the raw body/],
    [403, /firewall/],
    [404, /Nothing is served at this path/],
    [405, /POST/],
    [410, /disabled/],
    [413, /larger than it takes/],
    [429, /throttle/],
    [500, /Your code failed/],
    [503, /tried again/],
    [418, /refused the request/],
    [599, /failed on its side/],
    [199, /not an answer yet/],
  ])("says of %d what it mostly means", (status, advice) => {
    expect(answered(status)).toMatchObject({
      tone: "fail",
      title: `Your server answered ${status}.`,
      advice: expect.stringMatching(advice),
    });
  });

  it("names a certificate that has expired, is not trusted, or is for another host", () => {
    const tls = (cause: string) => unanswered(`No secure connection to a.example:443: ${cause}.`);
    expect(tls("certificate has expired").title).toMatch(/has expired/);
    expect(tls("self-signed certificate").title).toMatch(/not trusted/);
    expect(tls("Hostname/IP does not match certificate's altnames").title).toMatch(/another host/);
    expect(tls("wrong version number").title).toMatch(/No secure connection/);
  });

  it("tells who has entered their own machine that it is ours", () => {
    const sentence = "The address 127.0.0.1 is not public; requests to it are blocked";
    expect(unanswered(sentence, "http://localhost:3000/").advice).toMatch(/tunnel/);
    expect(unanswered(sentence, "http://a.example/").advice).toMatch(/private or reserved/);
  });

  it("repeats a reason that it does not know", () => {
    expect(unanswered("The moon was full.").advice).toBe("The moon was full.");
    expect(unanswered("").advice).toMatch(/whether your server runs/);
  });
});
