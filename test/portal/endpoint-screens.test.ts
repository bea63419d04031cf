import { call } from "../support/call-api.ts";
import type { OpenPage } from "./support/browser.ts";
import { fitForEverybody } from "./support/fit-for-everybody.ts";
import type { PortalOptions } from "./support/portal-test.ts";
import { portalAt, type Screen, type Shooting } from "./support/screen.ts";

type Kind = "good" | "bad" | "disabled";

/** The page of one endpoint. */
const SCREENS: readonly Screen[] = [
  {
    name: "endpoint",
    open: (shooting) => endpointAt(shooting, "good"),
  },
  {
    name: "endpoint-failing",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "bad", "?days=7");
      await opened.page.getByText("Failed 401").first().waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-disabled",
    open: (shooting) => endpointAt(shooting, "disabled"),
  },
  {
    name: "endpoint-of-others",
    open: async ({ stage, furnished, look }) => {
      const opened = await stage.openPortal(furnished.emptyAppId, {
        at: `/endpoints/${furnished.endpointIds.good}`,
        ...look,
      });
      await opened.page.getByText("There is no such endpoint").waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-read-only",
    open: (shooting) =>
      endpointAt(shooting, "good", "/advanced", { access: { readOnly: true } }, "Retries"),
  },
  {
    name: "endpoint-attempt",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "bad", "?preset=5h");
      await opened.page.getByRole("table").getByRole("link").first().click();
      await opened.page.getByText("Response headers").waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-options",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "bad");
      await opened.page.getByRole("button", { name: "Options" }).click();
      await opened.page.getByRole("menuitem", { name: /Recover/ }).waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-recover",
    open: (shooting) => replayDialog(shooting, /Recover failed/, /will be sent/),
  },
  {
    name: "endpoint-bulk-replay",
    open: (shooting) => replayDialog(shooting, /Bulk replay/, /will be sent/),
  },
  {
    name: "endpoint-event-types",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "bad");
      await opened.page.getByRole("button", { name: "Edit event types" }).click();
      await opened.page.getByText("2 chosen").waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-secret",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "good");
      await opened.page.getByRole("button", { name: "Reveal the signing secret" }).click();
      await opened.page.getByRole("button", { name: "Copy the signing secret" }).waitFor();
      await opened.page.getByRole("button", { name: "Rotate" }).click();
      await opened.page.getByLabel("The old secret signs as well").first().waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-testing",
    open: (shooting) =>
      endpointAt(shooting, "good", "/testing?type=order.completion", {}, "Send an example"),
  },
  {
    name: "endpoint-testing-schema",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "good", "/testing?type=order.completion");
      await opened.page.getByText("Schema", { exact: true }).click();
      await opened.page.getByRole("list", { name: /^Fields of the payload/ }).waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-testing-sent",
    open: async (shooting) => {
      const opened = await endpointAt(shooting, "bad", "/testing?type=order.completion");
      await opened.page.getByRole("button", { name: "Send example" }).click();
      await opened.page.getByText("Did you verify the raw body").first().waitFor();
      return opened;
    },
  },
  {
    name: "endpoint-advanced",
    open: async (shooting) => {
      await setUp(shooting);
      const opened = await endpointAt(shooting, "bad", "/advanced", {}, "Custom headers");
      await opened.page.getByText("35 min 5 s after the first", { exact: true }).waitFor();
      await opened.page.getByRole("switch", { name: "Token in the body" }).check();
      return opened;
    },
  },
];

fitForEverybody(SCREENS);

async function endpointAt(
  shooting: Shooting,
  kind: Kind,
  below = "",
  options: PortalOptions = {},
  text = "Signing secret",
): Promise<OpenPage> {
  const at = `/endpoints/${shooting.furnished.endpointIds[kind]}${below}`;
  return portalAt(shooting, { ...options, at }, text);
}

async function replayDialog(shooting: Shooting, item: RegExp, text: RegExp): Promise<OpenPage> {
  const opened = await endpointAt(shooting, "bad");
  const { page } = opened;
  await page.getByRole("button", { name: "Options" }).click();
  await page.getByRole("menuitem", { name: item }).click();
  await page.getByText(text).waitFor();
  return opened;
}

/** As somebody would who has a firewall, a tenant and little time. */
async function setUp({ stage, furnished: { appId, endpointIds } }: Shooting): Promise<void> {
  const { svix } = stage.installation;
  await svix.endpoint.patch(appId, endpointIds.bad, { throttleRate: 20 });
  const headers = { "x-tenant": "acme", authorization: "Bearer something" };
  await svix.endpoint.patchHeaders(appId, endpointIds.bad, { headers });
  const retrySchedule = [5, 300, 1_800].map((secs) => ({ secs, nanos: 0 }));
  const path = `app/${appId}/endpoint/${endpointIds.bad}/retry-schedule`;
  await call(stage.installation, "PUT", path, { retrySchedule });
}
