import { randomUUID } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { emptyDatabase, migratedDatabase } from "../support/migrated-database.ts";
import { createProducer } from "../support/producer.ts";
import {
  installationSettings,
  JWT_SECRET,
  runPosthorn,
  startAll,
  startGateway,
  temporaryDirectory,
} from "../support/process.ts";

/** Far more than it takes, on a machine that does much else; who hangs takes longer still. */
const REFUSAL_MS_MAX = 50_000;
/** For tests that run several processes, one after another. */
const SEVERAL_MS_MAX = 240_000;
/** Nobody listens there: to be given it, one has to ask for it as root. */
const NOBODY = "127.0.0.1:1";

vi.setConfig({ testTimeout: SEVERAL_MS_MAX });

describe("posthorn", () => {
  test("explains its commands", async () => {
    const help = runPosthorn(["--help"], {});
    expect(await help.ended).toEqual({ code: 0, signal: null });
    for (const command of ["start", "gateway", "worker", "migrate", "token", "key", "catalog"]) {
      expect(help.stdout()).toMatch(new RegExp(`^  ${command} `, "m"));
    }
  });

  test.each([
    { args: ["strat"], sentence: /There is no command "strat": see --help/ },
    { args: ["toString"], sentence: /There is no command "toString"/ },
    { args: ["start", "now"], sentence: /"now" is not understood/ },
    { args: ["start", "--port", "80"], sentence: /--port.*--help/ },
    { args: ["catalog"], sentence: /catalog import runa \| playground/ },
    { args: ["catalog", "import", "runo", "--org", "org_1"], sentence: /catalog import runa/ },
    { args: ["catalog", "import", "runa"], sentence: /needs --org org_/ },
    { args: ["token"], sentence: /token needs --org org_/ },
    { args: ["token", "--org", "acme"], sentence: /token needs --org org_/ },
    { args: ["token", "--org", "org_1", "--app", "acme"], sentence: /--app needs/ },
    { args: ["key"], sentence: /key needs one of create/ },
    { args: ["key", "list"], sentence: /key needs --org org_/ },
    { args: ["key", "list", "key_1", "more"], sentence: /key needs one of create/ },
  ])("refuses $args", async ({ args, sentence }) => {
    await expectRefusal(args, { JWT_SECRET }, sentence);
  });

  test("refuses to sign a token where there is no secret", async () => {
    const settings = { DATA_DIR: temporaryDirectory() };
    await expectRefusal(["token", "--org", "org_1"], settings, /set JWT_SECRET/);
  });

  test("prints a token and nothing else, and the API accepts it", async () => {
    const settings = installationSettings(await migratedDatabase());
    const gateway = await startGateway(settings);
    const printing = runPosthorn(["token", "--org", "org_printed"], settings);
    await printing.ended;
    expect(printing.stdout()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(printing.stderr()).toBe("");

    const list = (token: string): Promise<Response> =>
      fetch(`${gateway.url}/api/v1/app`, { headers: { authorization: `Bearer ${token}` } });
    expect((await list(printing.stdout().trim())).status).toBe(200);
    expect((await list(`${printing.stdout().trim()}x`)).status).toBe(401);
  });
});

describe("catalog import", () => {
  test("creates the event types of a set, once, and says so", async () => {
    const settings = installationSettings(await migratedDatabase());
    const importing = async (...more: readonly string[]) => {
      const args = ["catalog", "import", "runa", "--org", "org_imports", ...more];
      const command = runPosthorn(args, settings);
      expect(await command.ended).toEqual({ code: 0, signal: null });
      return command.stdout();
    };
    expect(await importing()).toBe("created   order.completion\ncreated   product.update\n");
    expect(await importing()).toMatch(/^kept +order\.completion .*\nkept +product\.update .*\n$/);
    expect(await importing("--replace")).toMatch(/^replaced +order\.completion\n/);
  });
});

test("keys are made, listed, rotated and revoked on the command line", async () => {
  const settings = installationSettings(await migratedDatabase());
  const gateway = await startGateway(settings);
  const key = async (...args: readonly string[]) => {
    const running = runPosthorn(["key", ...args, "--org", "org_keys"], settings);
    const { code } = await running.ended;
    return { code, out: running.stdout().trim(), said: running.stderr() };
  };
  const whoami = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${gateway.url}/api/v1/auth/whoami`, { headers });
    return { status: response.status, body: (await response.json()) as object };
  };
  const made = await key("create", "--name", "Cron", "--scopes", "read,publish", "--mode", "test");
  expect(made.out).toMatch(/^posthorn_test_\w{46}$/);
  const scopes = ["read", "publish"];
  expect((await whoami(made.out)).body).toMatchObject({ envId: "org_keys", mode: "test", scopes });

  const listed = (await key("list")).out;
  expect(listed).toMatch(/^key_\w+ {2}test .* read,publish .* Cron$/);
  const [id = ""] = listed.split(" ");
  const rotated = await key("rotate", id, "--grace", "0s");
  expect((await whoami(rotated.out)).status).toBe(200);
  expect((await key("revoke", id)).code).toBe(0);
  expect((await whoami(rotated.out)).status).toBe(401);
  const [again, nameless, wrong] = await Promise.all([
    key("revoke", id),
    key("rotate"),
    key("create", "--scopes", "all"),
  ]);
  expect(again).toMatchObject({ code: 1, said: expect.stringMatching(/no key/) });
  expect(nameless.said).toMatch(/needs a key's id/);
  expect(wrong).toMatchObject({ code: 1, said: expect.stringMatching(/--scopes takes read/) });
});

test("a setting that cannot be used is refused with one sentence that names it", async () => {
  // src/config.test.ts has the others.
  const settings = { DATA_DIR: temporaryDirectory(), RETRY_SCHEDULE: "5s,soon" };
  await expectRefusal(["start"], settings, /^RETRY_SCHEDULE: .*soon/);
});

describe("gateway and worker", () => {
  test.each(["DATABASE_URL", "TEMPORAL_ADDRESS", "JWT_SECRET"])("need %s", async (name) => {
    const settings = { ...installationSettings("postgres://127.0.0.1:1/none"), [name]: "" };
    const role = name === "JWT_SECRET" ? "gateway" : "worker";
    await expectRefusal([role], settings, new RegExp(`${name} is not set`));
  });

  test("work on a database that was migrated, once", async () => {
    const DATABASE_URL = await emptyDatabase();
    for (const line of ["Applied 0001-nouns", "Nothing to migrate."]) {
      const migrating = runPosthorn(["migrate"], { DATABASE_URL });
      expect(await migrating.ended).toEqual({ code: 0, signal: null });
      expect(migrating.stdout()).toContain(line);
    }
  });

  test("refuse a database that was not migrated", async () => {
    const settings = installationSettings(await emptyDatabase());
    await expectRefusal(["worker"], settings, /run "posthorn migrate" first/);
  });

  test("refuse a Postgres that does not answer", async () => {
    const settings = installationSettings(`postgres://posthorn:hidden@${NOBODY}/none`);
    await expectRefusal(["gateway"], settings, /Cannot use Postgres at 127/);
    const { stderr } = await expectRefusal(["migrate"], settings, /Cannot use Postgres at 127/);
    expect(stderr).not.toContain("hidden");
  });

  test("refuse a Temporal that does not answer", async () => {
    const settings = installationSettings(await migratedDatabase(), NOBODY);
    const sentence = /Temporal cannot be reached at 127.0.0.1:1 \(TEMPORAL_ADDRESS\)/;
    await expectRefusal(["worker"], settings, sentence);
  });

  test("refuse a Temporal that takes connections and says nothing", async () => {
    const settings = installationSettings(await migratedDatabase(), await mutePort());
    await expectRefusal(["worker"], settings, /Temporal cannot be reached at .*within 10 s/);
  });

  test("refuse a namespace that Temporal does not have", async () => {
    const settings = {
      ...installationSettings(await migratedDatabase()),
      TEMPORAL_NAMESPACE: "nowhere",
    };
    await expectRefusal(["worker"], settings, /nowhere/);
  });

  test("refuse a port that is taken", async () => {
    const taken = await mutePort();
    const settings = {
      ...installationSettings(await migratedDatabase()),
      PORT: taken.split(":")[1] ?? "",
    };
    await expectRefusal(["gateway"], settings, /Port \d+ on 127.0.0.1 is taken.*set PORT/);
  });

  test("refuse an address that is not this machine's", async () => {
    const settings = { ...installationSettings(await migratedDatabase()), HOST: "192.0.2.1" };
    await expectRefusal(["gateway"], settings, /192\.0\.2\.1 \(HOST\) is not an address/);
  });
});

describe("start", () => {
  test("refuses a data folder that cannot be written", async () => {
    const file = join(temporaryDirectory(), "a-file");
    writeFileSync(file, "");
    for (const DATA_DIR of [file, join(file, "below")]) {
      await expectRefusal(["start"], { DATA_DIR }, /The data folder .* cannot be written/);
    }
  });

  test("refuses a Temporal program that is not there", async () => {
    const settings = { DATA_DIR: temporaryDirectory(), TEMPORAL_BINARY: "/nowhere/temporal" };
    await expectRefusal(["start"], settings, /nowhere/);
  });

  test("refuses a taken port, and ends the Temporal that it began", async () => {
    const taken = await mutePort();
    const settings = {
      DATA_DIR: temporaryDirectory(),
      HOST: "127.0.0.1",
      PORT: taken.split(":")[1] ?? "",
    };
    await expectRefusal(["start"], settings, /Port \d+ on 127.0.0.1 is taken.*set PORT/);
  });

  test("refuses a data folder that another one works on, and leaves that one alone", async () => {
    const settings = onSharedTemporal();
    const first = await startAll(settings);
    await expectRefusal(
      ["start"],
      { ...settings, PORT: "0" },
      /runs on the data folder .* already/,
    );
    expect((await fetch(`${first.url}/api/v1/health`)).status).toBe(200);
    expect(await first.stop()).toEqual({ code: 0, signal: null });
  });
});

describe("the keys that seal secrets", () => {
  test("of the data folder go on opening what they sealed when others are set; lost, start refuses", async () => {
    const settings = onSharedTemporal();
    const first = await startAll({ ...settings, ENCRYPTION_KEYS: "" });
    const producer = await createProducer(first.url);
    const endpointId = await producer.createEndpoint("https://receiver.example/");
    await first.stop();

    const second = await startAll({ ...settings, ENCRYPTION_KEYS: "another", DEMO: "false" });
    expect(second.stdout()).not.toContain("Its token");
    expect(await producer.at(second.url).secret(endpointId)).toMatch(/^whsec_/);
    await second.stop();

    rmSync(join(settings.DATA_DIR, "encryption-key"));
    const lost = { ...settings, PORT: "0", ENCRYPTION_KEYS: "another" };
    await expectRefusal(["start"], lost, /sealed with a key that ENCRYPTION_KEYS lacks/);
  });
});

/** Where nothing is done by the worker of another test, or left for it. */
function onSharedTemporal() {
  return {
    DATA_DIR: temporaryDirectory(),
    TEMPORAL_ADDRESS: inject("temporalAddress"),
    TEMPORAL_TASK_QUEUE: `cli-${randomUUID()}`,
  };
}

/** It says why in one sentence, ends promptly with a code that says so, and leaves nothing. */
async function expectRefusal(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  sentence: RegExp,
): Promise<{ readonly stderr: string }> {
  const refused = runPosthorn(args, settings);
  const late = new Promise<"late">((resolve) =>
    setTimeout(() => resolve("late"), REFUSAL_MS_MAX).unref(),
  );
  const ended = await Promise.race([refused.ended, late]);
  expect(ended, `${refused.stdout()}\n${refused.stderr()}`).toEqual({ code: 1, signal: null });
  expect(refused.stderr()).toMatch(sentence);
  expect(refused.stderr(), "no stack, no object").not.toMatch(/^\s+at |^\s+\[?cause|[{}]/m);
  expect(refused.stderr().trim().split("\n").length).toBeLessThanOrEqual(2);
  expect(refused.left()).toEqual([]);
  return { stderr: refused.stderr() };
}

/** host:port of somebody who listens and never answers. */
async function mutePort(): Promise<string> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}
