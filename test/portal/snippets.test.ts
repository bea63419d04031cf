import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isGenuine } from "../../portal/src/pages/endpoints/verification/verify.mjs";
import { isGenuine as isGenuineByKey } from "../../portal/src/pages/endpoints/verification/verify-ed25519.mjs";
import { generateSecret, shownSecret } from "../../src/signing/secret.ts";
import { signatureHeaders } from "../../src/signing/sign.ts";
import { ROOT } from "../project/source-imports.ts";

/** What the portal shows to be copied into receivers, run as it is shown. */
const FOLDER = join(ROOT, "portal/src/pages/endpoints/verification");
const BODY = '{"total":100,"name":"Käse"}';
/** More than the five minutes that clocks may differ, and the time that a test takes. */
const OLD_S = 360;

type Delivery = {
  readonly secret: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "snippets-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Each with what a verifier has to say of it. */
function deliveries(type: "hmac256" | "ed25519"): readonly (readonly [boolean, Delivery])[] {
  const secret = generateSecret(type);
  const signed = (secrets: readonly string[], agoS = 0): Delivery => {
    const timestampS = Math.floor(Date.now() / 1_000) - agoS;
    const input = { messageId: "msg_1", timestampS, body: Buffer.from(BODY), secrets } as const;
    const headers = signatureHeaders({ ...input, headerSet: "webhook" });
    return { secret: shownSecret(secret), headers, body: BODY };
  };
  const genuine = signed([secret]);
  const headers = { ...genuine.headers, "webhook-timestamp": "soon" };
  return [
    [true, genuine],
    [true, signed([generateSecret(type), secret])],
    [false, signed([generateSecret(type)])],
    [false, signed([secret], OLD_S)],
    [false, signed([secret], -OLD_S)],
    [false, { ...genuine, body: BODY.replace("100", "1000") }],
    [false, { ...genuine, headers }],
  ];
}

function argumentsOf({ secret, headers, body }: Delivery): readonly string[] {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  const given = names.map((name) => headers[name] ?? "");
  return [secret, ...given, Buffer.from(body).toString("base64")];
}

function snippet(name: string): string {
  return readFileSync(join(FOLDER, name), "utf8");
}

function program(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

/** For each language: what tells whether it is there, and the snippet with what calls it. */
const LANGUAGES = [
  {
    language: "Python",
    probe: ["python3", "--version"],
    command: () => [
      "python3",
      program(
        "verify.py",
        `${snippet("verify.py")}
import sys
a = sys.argv[1:]
names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
for i in range(0, len(a), 5):
    print(is_genuine(a[i], dict(zip(names, a[i + 1 : i + 4])), base64.b64decode(a[i + 4])))`,
      ),
    ],
  },
  {
    language: "PHP",
    probe: ["php", "--version"],
    command: () => [
      "php",
      program(
        "verify.php",
        `${snippet("verify.php")}
foreach (array_chunk(array_slice($argv, 1), 5) as [$s, $i, $t, $g, $b])
    echo is_genuine($s, $i, $t, $g, base64_decode($b)) ? "true\\n" : "false\\n";`,
      ),
    ],
  },
  {
    language: "Ruby",
    probe: ["ruby", "--version"],
    command: () => [
      "ruby",
      program(
        "verify.rb",
        `${snippet("verify.rb")}
ARGV.each_slice(5) { |s, i, t, g, b| puts genuine?(s, i, t, g, b.unpack1("m")) }`,
      ),
    ],
  },
  {
    language: "Go",
    probe: ["go", "version"],
    command: () => [
      "go",
      "run",
      program(
        "verify.go",
        `package main
import ("crypto/hmac"; "crypto/sha256"; "encoding/base64"; "fmt"; "net/http"; "os"; "strconv"; "strings"; "time")
${snippet("verify.go.txt")}
func main() {
	for a := os.Args[1:]; len(a) > 0; a = a[5:] {
		header := http.Header{}
		header.Set("webhook-id", a[1])
		header.Set("webhook-timestamp", a[2])
		header.Set("webhook-signature", a[3])
		body, _ := base64.StdEncoding.DecodeString(a[4])
		fmt.Println(isGenuine(a[0], header, body))
	}
}`,
      ),
    ],
  },
  {
    language: "Java",
    probe: ["javac", "-version"],
    command: () => [
      "java",
      program(
        "Main.java",
        snippet("Verify.java").replace(
          "class Verify {",
          `class Main {
    public static void main(String[] a) throws Exception {
        for (int i = 0; i < a.length; i += 5)
            System.out.println(Verify.isGenuine(a[i], a[i + 1], a[i + 2], a[i + 3], Base64.getDecoder().decode(a[i + 4])));
    }
}
class Verify {`,
        ),
      ),
    ],
  },
] as const;

describe("the code that the portal shows", () => {
  test("verifies in Node.js", () => {
    for (const [expected, { secret, headers, body }] of deliveries("hmac256")) {
      expect(isGenuine(secret, headers, Buffer.from(body))).toBe(expected);
    }
  });

  test("verifies Ed25519 in Node.js", () => {
    for (const [expected, { secret, headers, body }] of deliveries("ed25519")) {
      expect(isGenuineByKey(secret, headers, Buffer.from(body))).toBe(expected);
    }
  });

  test.for(LANGUAGES)("verifies in $language", ({ language, probe, command }, { skip }) => {
    const [tool, ...args] = probe;
    if (spawnSync(tool, args).status !== 0) {
      console.error(
        `What the portal shows in ${language} is NOT tested: ${tool} is not installed.`,
      );
      return skip();
    }
    const cases = deliveries("hmac256");
    const [run = "", ...script] = command();
    const given = cases.flatMap(([, delivery]) => argumentsOf(delivery));
    const said = execFileSync(run, [...script, ...given], { encoding: "utf8" });
    expect(said.trim().toLowerCase().split("\n")).toEqual(cases.map(([expected]) => `${expected}`));
  });

  test("signs in a shell as we do", () => {
    const secret = generateSecret("hmac256");
    program("body.json", BODY);
    const script = `${snippet("sign.sh").split("\ncurl")[0]}\necho "$timestamp $signature"`;
    const environment = { ...process.env, WEBHOOK_SECRET: secret };
    const said = execFileSync("bash", ["-c", script], {
      cwd: directory,
      env: environment,
      encoding: "utf8",
    });
    const [timestamp, signature] = said.trim().split(" ");
    const headers = signatureHeaders({
      messageId: "msg_test",
      timestampS: Number(timestamp),
      body: Buffer.from(BODY),
      secrets: [secret],
      headerSet: "webhook",
    });
    expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
  });
});
