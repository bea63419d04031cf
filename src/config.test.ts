import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

describe("readConfig", () => {
  test("needs nothing to be set", () => {
    expect(readConfig({})).toEqual({
      host: undefined,
      port: 8071,
      metricsPort: undefined,
      demo: true,
      api: {
        payloadBytesMax: 2_097_152,
        publicUrl: undefined,
        corsOrigins: undefined,
        portalFrameAncestors: ["'self'"],
        rateLimit: undefined,
      },
      endpoints: { hexSignatureHeader: "x-runa-signature", httpsOnly: false, egressIps: [] },
      dataDir: ".posthorn",
      databaseUrl: undefined,
      temporal: {
        address: undefined,
        namespace: "default",
        taskQueue: "posthorn",
        apiKey: undefined,
        tls: undefined,
        binary: undefined,
        cacheHome: undefined,
      },
      jwtSecret: undefined,
      encryptionKeys: [],
      delivery: {
        retrySchedule: [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000],
        retryJitter: 0,
        requestTimeoutMs: 15_000,
        allowedSubnets: undefined,
        groupMax: 500,
        disableAfterMs: 432_000_000,
        recoverRate: 25,
        signatureType: "hmac256",
        headerSet: "both",
      },
      logLevel: "info",
    });
  });

  test("takes each setting as it is given", () => {
    const config = readConfig({
      HOST: "0.0.0.0",
      PORT: "80",
      DATA_DIR: "/data",
      DATABASE_URL: "postgres://db/posthorn",
      JWT_SECRET: "secret",
      ENCRYPTION_KEYS: "new, old",
      TEMPORAL_ADDRESS: "temporal:7233",
      TEMPORAL_NAMESPACE: "posthorn.a1b2c",
      TEMPORAL_TASK_QUEUE: "queue",
      TEMPORAL_API_KEY: "key",
      TEMPORAL_TLS_CA: "ca.pem",
      TEMPORAL_TLS_CERT: "cert.pem",
      TEMPORAL_TLS_KEY: "key.pem",
      TEMPORAL_TLS_SERVER_NAME: "temporal.internal",
      TEMPORAL_BINARY: "/opt/temporal",
      XDG_CACHE_HOME: "/cache",
      RETRY_SCHEDULE: "1s,2.5s",
      RETRY_JITTER: "0.2",
      REQUEST_TIMEOUT: "500ms",
      ALLOWED_SUBNETS: "10.0.0.0/8, fd00::/8",
      DELIVERY_GROUP_MAX: "1",
      DISABLE_ENDPOINT_AFTER: "never",
      RECOVER_RATE: "200",
      SIGNATURE_TYPE: "ed25519",
      SIGNATURE_HEADERS: "webhook",
      LOG_LEVEL: "debug",
      METRICS_PORT: "9100",
      DEMO: "false",
      PAYLOAD_BYTES_MAX: "350kb",
      PUBLIC_URL: "https://hooks.example.com/",
      API_RATE_LIMIT: "50",
      API_RATE_BURST: "200",
      HTTPS_ONLY: "true",
      HEX_SIGNATURE_HEADER: "X-Acme",
      EGRESS_IPS: "203.0.113.7, 2001:db8::/48",
      CORS_ORIGINS: "https://portal.example.com, http://localhost:3000",
      PORTAL_FRAME_ANCESTORS: "https://shop.example.com, https://*.example.org",
    });
    expect(config).toEqual({
      host: "0.0.0.0",
      port: 80,
      metricsPort: 9100,
      demo: false,
      api: {
        payloadBytesMax: 350_000,
        publicUrl: "https://hooks.example.com",
        corsOrigins: ["https://portal.example.com", "http://localhost:3000"],
        portalFrameAncestors: ["'self'", "https://shop.example.com", "https://*.example.org"],
        rateLimit: { requestsPerSecond: 50, burst: 200 },
      },
      endpoints: {
        hexSignatureHeader: "x-acme",
        httpsOnly: true,
        egressIps: ["203.0.113.7", "2001:db8::/48"],
      },
      dataDir: "/data",
      databaseUrl: "postgres://db/posthorn",
      jwtSecret: "secret",
      encryptionKeys: ["new", "old"],
      temporal: {
        address: "temporal:7233",
        namespace: "posthorn.a1b2c",
        taskQueue: "queue",
        apiKey: "key",
        tls: {
          caFile: "ca.pem",
          certFile: "cert.pem",
          keyFile: "key.pem",
          serverName: "temporal.internal",
        },
        binary: "/opt/temporal",
        cacheHome: "/cache",
      },
      delivery: {
        retrySchedule: [1_000, 2_500],
        retryJitter: 0.2,
        requestTimeoutMs: 500,
        allowedSubnets: ["10.0.0.0/8", "fd00::/8"],
        groupMax: 1,
        disableAfterMs: null,
        recoverRate: 200,
        signatureType: "ed25519",
        headerSet: "webhook",
      },
      logLevel: "debug",
    });
  });

  test.each(["PORT", "DATA_DIR", "DATABASE_URL", "JWT_SECRET", "REQUEST_TIMEOUT", "LOG_LEVEL"])(
    "takes %s for not set when it is empty, as Compose passes what is not set",
    (name) => {
      expect(readConfig({ [name]: "" })).toEqual(readConfig({}));
      expect(readConfig({ [name]: "  " })).toEqual(readConfig({}));
    },
  );

  test("tells an empty schedule and an empty list of subnets from none at all", () => {
    const { delivery } = readConfig({ RETRY_SCHEDULE: "", ALLOWED_SUBNETS: "" });
    expect(delivery).toMatchObject({ retrySchedule: [], allowedSubnets: [] });
  });

  test("lets a token burst as far as its limit unless told otherwise, and needs a limit for it", () => {
    const rateLimit = { requestsPerSecond: 20, burst: 20 };
    expect(readConfig({ API_RATE_LIMIT: "20" }).api).toMatchObject({ rateLimit });
    expect(readConfig({ API_RATE_BURST: "20" }).api.rateLimit).toBeUndefined();
    expect(readConfig({ API_RATE_LIMIT: "0", API_RATE_BURST: "9" }).api.rateLimit).toBeUndefined();
  });

  test.each([
    ["1024", 1_024],
    ["64KiB", 65_536],
    ["1 mb", 1_000_000],
    ["64mib", 67_108_864],
  ])("reads a body limit of %s as %d bytes", (text, payloadBytesMax) => {
    expect(readConfig({ PAYLOAD_BYTES_MAX: text }).api).toMatchObject({ payloadBytesMax });
  });

  test("keeps the path of a public URL, and takes a * of origins for any", () => {
    const { api } = readConfig({ PUBLIC_URL: "http://x.example:81/hooks//", CORS_ORIGINS: "*" });
    expect(api.publicUrl).toBe("http://x.example:81/hooks");
    expect(api.corsOrigins).toBeUndefined();
  });

  test("speaks TLS with the system's certificates when only told so", () => {
    const nothing = {
      caFile: undefined,
      certFile: undefined,
      keyFile: undefined,
      serverName: undefined,
    };
    expect(readConfig({ TEMPORAL_TLS: "true" }).temporal.tls).toEqual(nothing);
    expect(readConfig({ TEMPORAL_TLS: "false" }).temporal.tls).toBeUndefined();
    const { tls } = readConfig({ TEMPORAL_TLS_CA: "ca.pem" }).temporal;
    expect(tls).toEqual({ ...nothing, caFile: "ca.pem" });
  });

  test.each([
    ["DATABASE_URL", ["postgres://a/b", "postgresql://a/b"], ["mysql://a/b", "localhost"]],
    ["METRICS_PORT", ["9100"], ["0", "http"]],
    ["DEMO", ["true", "false"], ["no"]],
    ["PAYLOAD_BYTES_MAX", ["1kib", "2mib"], ["0", "1023", "65mib", "2gb", "1.5mib", "-1", "all"]],
    ["PUBLIC_URL", ["https://a.example"], ["a.example", "ftp://a.example", "https://a.example?b"]],
    ["API_RATE_LIMIT", ["0", "100000"], ["-1", "1.5", "100001", "many"]],
    ["API_RATE_BURST", ["0", "100000"], ["-1", "100001"]],
    ["CORS_ORIGINS", ["https://a.example", "*"], ["a.example", "https://a.example/b", "null"]],
    ["PORTAL_FRAME_ANCESTORS", ["https://a.example", "*"], ["a.example", "https://a.example;b"]],
    ["PORT", ["65535", "0"], ["65536", "-1", "80.5", "http"]],
    ["RETRY_JITTER", ["0", "1", "0.5"], ["1.01", "-0.1", "some"]],
    ["REQUEST_TIMEOUT", ["1ms", "120s", "2m"], ["121s", "0s", "15", "soon"]],
    ["RETRY_SCHEDULE", ["0s", "5s, 5m"], ["5", "5s,,5m", "soon"]],
    ["DELIVERY_GROUP_MAX", ["1", "500"], ["0", "501", "all"]],
    ["DISABLE_ENDPOINT_AFTER", ["1ms", "365d", "never"], ["0s", "366d", "5", "Never"]],
    ["RECOVER_RATE", ["1", "100000"], ["0", "100001", "fast"]],
    ["ALLOWED_SUBNETS", ["127.0.0.0/8", "::1/128"], ["127.0.0.0/33", "localhost"]],
    ["HTTPS_ONLY", ["true", "false"], ["yes", "1"]],
    [
      "HEX_SIGNATURE_HEADER",
      ["x-acme", "X-Acme"],
      ["a b", "host", "svix-id", "X-Auth-Token", "Posthorn-Mode"],
    ],
    [
      "EGRESS_IPS",
      ["203.0.113.7", "203.0.113.0/24, 2001:db8::1,2001:db8::/32"],
      ["203.0.113", "203.0.113.7/33", "a.example", "0x7f000001", "fe80::1%eth0", "1.2.3.4-9"],
    ],
    ["SIGNATURE_TYPE", ["hmac256", "ed25519"], ["md5"]],
    ["SIGNATURE_HEADERS", ["both", "svix", "webhook"], ["none"]],
    ["TEMPORAL_TLS", ["true", "false"], ["yes"]],
    ["LOG_LEVEL", ["trace", "silent"], ["loud"]],
  ])("allows %s to be one of %j, and refuses %j by its name", (name, allowed, refused) => {
    for (const value of allowed) expect(() => readConfig({ [name]: value }), value).not.toThrow();
    for (const value of refused) {
      const read = () => readConfig({ [name]: value });
      expect(read, value).toThrow(ConfigError);
      expect(read, value).toThrow(name);
    }
  });

  test.each(["TEMPORAL_TLS_CERT", "TEMPORAL_TLS_KEY"])(
    "refuses %s without its other half",
    (name) => {
      expect(() => readConfig({ [name]: "half.pem" })).toThrow(
        /TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY/,
      );
    },
  );
});
