import { call } from "../support/call-api.ts";
import type { Look, OpenPage } from "./support/browser.ts";
import { fitForEverybody } from "./support/fit-for-everybody.ts";
import type { Screen, Shooting } from "./support/screen.ts";

/** Every page of the operator's console. */
const SCREENS: readonly Screen[] = [
  {
    name: "console-applications",
    open: (shooting) => consoleAt(shooting, "/applications", "Acme"),
  },
  {
    name: "console-applications-none-found",
    open: (shooting) => consoleAt(shooting, "/applications?search=nobody", "called that"),
  },
  {
    name: "console-new-application",
    open: async (shooting) => {
      const opened = await consoleAt(shooting, "/applications", "Acme");
      await opened.page.getByRole("button", { name: "Add application" }).click();
      await opened.page.getByLabel("Name").fill("Florist");
      await opened.page.getByLabel("Uid").fill("no spaces");
      await opened.page.getByRole("dialog").getByRole("button", { name: "Add" }).click();
      await opened.page.locator("[aria-invalid=true]").waitFor();
      return opened;
    },
  },
  {
    name: "console-health",
    open: (shooting) => consoleAt(shooting, "/health", "Their server answered 401"),
  },
  {
    name: "console-event-types",
    open: (shooting) => consoleAt(shooting, "/event-types", "invoice.paid"),
  },
  {
    name: "console-event-type",
    open: async (shooting) => {
      const at = "/event-types/edit/order.completion";
      const opened = await consoleAt(shooting, at, "Who sees it");
      await opened.page.getByLabel("Example", { exact: true }).fill('{ "id": ');
      return opened;
    },
  },
  {
    name: "console-templates",
    open: async (shooting) => {
      const opened = await consoleAt(shooting, "/event-types", "invoice.paid");
      await opened.page.getByRole("button", { name: "Import a set" }).click();
      await opened.page.getByText("playground", { exact: true }).waitFor();
      return opened;
    },
  },
  {
    name: "console-tasks",
    open: async (shooting) => {
      const { installation } = shooting.stage;
      const { appId, endpointIds } = shooting.furnished;
      const since = new Date(Date.now() - 3_600_000);
      await installation.svix.endpoint.recover(appId, endpointIds.bad, { since });
      return consoleAt(shooting, "/tasks", "Recover failed messages");
    },
  },
  {
    name: "console-api-keys",
    open: async (shooting) => {
      const body = { name: "Billing service", scopes: ["publish"] };
      await call(shooting.stage.installation, "POST", "api-key", body);
      return consoleAt(shooting, "/api-keys", "Billing service");
    },
  },
  {
    name: "console-new-key",
    open: async (shooting) => {
      const opened = await consoleAt(shooting, "/api-keys", "API keys");
      await opened.page.getByRole("button", { name: "Make a key" }).click();
      await opened.page.getByRole("button", { name: "Make the key" }).click();
      await opened.page.getByText("Give it a name").waitFor();
      return opened;
    },
  },
  {
    name: "console-key-made",
    open: async (shooting) => {
      const { page, ...opened } = await consoleAt(shooting, "/api-keys", "API keys");
      await page.getByRole("button", { name: "Make a key" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Orders");
      await page.getByRole("button", { name: "Make the key" }).click();
      await page.getByTestId("api-key").waitFor();
      return { page, ...opened };
    },
  },
  {
    name: "console-settings",
    open: async (shooting) => {
      const body = { publicCatalogue: true };
      await call(shooting.stage.installation, "PATCH", "organization/settings", body);
      return consoleAt(shooting, "/settings", "At ");
    },
  },
  { name: "console-read-only", open: readOnlyEventType },
];

fitForEverybody(SCREENS);

/** The console, signed in with the organization's token, when `text` is to be seen. */
async function consoleAt(
  { stage, look }: Pick<Shooting, "stage"> & { readonly look: Look },
  at: string,
  text: string,
): Promise<OpenPage> {
  const opened = await stage.openConsole(`/console${at}`, look);
  await opened.page.getByText(text).first().waitFor();
  return opened;
}

async function readOnlyEventType({ stage, look }: Shooting): Promise<OpenPage> {
  const made = { name: "Dashboard", scopes: ["read"] };
  const { key } = await call(stage.installation, "POST", "api-key", made);
  const at = "/console/event-types/edit/order.completion";
  const opened = await stage.openConsole(at, look, String(key));
  await opened.page.getByText("Who sees it").waitFor();
  return opened;
}
