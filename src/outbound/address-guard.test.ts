import { afterAll, describe, expect, test } from "vitest";
import { createAddressGuard, parseSubnets } from "./address-guard.ts";
import { createOutbound } from "./outbound.ts";
import { httpAnswer, startReceiver } from "./testing/raw-receiver.ts";

const REFUSED: Readonly<Record<string, readonly string[]>> = {
  unspecified: ["0.0.0.0", "0.1.2.3", "::"],
  loopback: ["127.0.0.1", "127.255.255.254", "::1"],
  private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
  "link-local, with the metadata of clouds": ["169.254.169.254", "fe80::1", "fe80::1%eth0"],
  "carrier-grade NAT": ["100.64.0.1", "100.127.255.255"],
  multicast: ["224.0.0.1", "239.255.255.255", "ff02::1"],
  broadcast: ["255.255.255.255"],
  documentation: ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
  benchmarking: ["198.18.0.1", "198.19.255.255", "2001:2::1"],
  reserved: ["192.0.0.1", "240.0.0.1", "192.88.99.1"],
  "unique local": ["fc00::1", "fd12:3456::1", "fd00:ec2::254"],
  "site-local": ["fec0::1"],
  "mapped IPv4, even of a public address": ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8"],
  "IPv4-compatible": ["::127.0.0.1", "::a00:1"],
  "6to4": ["2002:7f00:1::"],
  NAT64: ["64:ff9b::7f00:1", "64:ff9b:1::1"],
  Teredo: ["2001:0:7f00:1::"],
  discard: ["100::1"],
  "segment routing": ["5f00::1"],
  "not given out": ["4000::1", "e000::1"],
  "no addresses": ["", "localhost", "1.2.3.4.5", "g::1"],
};
const PUBLIC = ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00::1"];

describe("the guard", () => {
  const strict = createAddressGuard([]);

  test.each(Object.entries(REFUSED))("refuses what is %s", (_name, addresses) => {
    expect(addresses.filter((address) => strict.isAllowed(address))).toEqual([]);
  });

  test.each(PUBLIC)("allows %s", (address) => {
    expect(strict.isAllowed(address)).toBe(true);
  });

  test("allows what is in an allowed subnet, and only that", () => {
    const guard = createAddressGuard(parseSubnets(["10.1.0.0/16", "fd00::/8"]));
    const addresses = ["10.1.2.3", "::ffff:10.1.2.3", "fd12::1", "10.2.0.1", "fc00::1", "::1"];
    expect(addresses.filter((address) => guard.isAllowed(address))).toEqual([
      "10.1.2.3",
      "::ffff:10.1.2.3",
      "fd12::1",
    ]);
  });

  test.each(["10.0.0.0", "10.0.0.0/33", "fd00::/129", "10/8", "0x0a.0.0.0/8", "lan", ""])(
    "cannot be told of the subnet %j",
    (text) => {
      expect(() => parseSubnets(["127.0.0.0/8", text])).toThrow(
        new RangeError(`"${text}" is not a subnet such as 10.0.0.0/8 or fd00::/8`),
      );
    },
  );
});

describe("a post to an address that is not public", () => {
  const options = { timeoutMs: 25_000, userAgent: "Posthorn/test" };
  const strict = createOutbound({ ...options, allowedSubnets: [] });
  const local = createOutbound({ ...options, allowedSubnets: ["127.0.0.0/8"] });

  afterAll(() => Promise.all([strict.close(), local.close()]));

  test.each([
    ["127.0.0.1", "127.0.0.1"],
    ["0x7f.1", "127.0.0.1"],
    ["2130706433", "127.0.0.1"],
    ["0177.0.0.1", "127.0.0.1"],
    ["127.1", "127.0.0.1"],
    ["１２７.0.0.1", "127.0.0.1"],
    ["0", "0.0.0.0"],
    ["[::1]", "::1"],
    ["[::ffff:127.0.0.1]", "::ffff:7f00:1"],
    ["169.254.169.254", "169.254.169.254"],
  ])("is blocked when the host is %s", async (host, address) => {
    await using receiver = await startReceiver((socket) => socket.write(httpAnswer(200)));
    const url = `http://${host}:${receiver.port}/`;
    expect(await strict.post({ url, headers: {}, body: new Uint8Array() })).toMatchObject({
      kind: "unanswered",
      reason: "blocked_address",
      detail: `The address ${address} is not public; requests to it are blocked (see ALLOWED_SUBNETS).`,
    });
    expect(receiver.connectionCount()).toBe(0);
  });

  test.each(["localhost", "LOCALHOST.", "sub.localhost"])(
    "is blocked when %s resolves to it",
    async (host) => {
      await using receiver = await startReceiver((socket) => socket.write(httpAnswer(200)));
      const url = `http://${host}:${receiver.port}/`;
      const outcome = await strict.post({ url, headers: {}, body: new Uint8Array() });
      expect(["blocked_address", "dns"]).toContain(
        outcome.kind === "unanswered" ? outcome.reason : undefined,
      );
      expect(receiver.connectionCount()).toBe(0);
    },
  );

  test("names the address and the host that resolved to it", async () => {
    const request = { url: "http://localhost/", headers: {}, body: new Uint8Array() };
    expect(await strict.post(request)).toMatchObject({
      reason: "blocked_address",
      detail: expect.stringMatching(
        /^The address (127\.0\.0\.1|::1) of host localhost is not public/,
      ),
    });
  });

  test.each(["localhost", "127.1", "[::ffff:127.0.0.1]"])(
    "is made when its subnet is allowed (%s)",
    async (host) => {
      await using receiver = await startReceiver((socket) => socket.write(httpAnswer(200)));
      const url = `http://${host}:${receiver.port}/`;
      expect(await local.post({ url, headers: {}, body: new Uint8Array() })).toMatchObject({
        kind: "answered",
        status: 200,
      });
    },
  );

  test("is blocked for a whole burst", async () => {
    const request = { url: "http://localhost/", headers: {}, body: new Uint8Array() };
    const outcomes = await Promise.all(Array.from({ length: 300 }, () => strict.post(request)));
    const reasons = outcomes.map((o) => o.kind === "unanswered" && o.reason);
    expect(new Set(reasons)).toEqual(new Set(["blocked_address"]));
  });
});
