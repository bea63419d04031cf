import { call } from "../support/call-api.ts";
import { openPage } from "./support/browser.ts";
import { fitForEverybody } from "./support/fit-for-everybody.ts";
import { portalAt, type Screen } from "./support/screen.ts";

/** Every page of the portal, but for those of one endpoint. Whoever adds a page adds it here. */
const SCREENS: readonly Screen[] = [
  {
    name: "endpoints",
    open: (shooting) => portalAt(shooting, { at: "/endpoints" }, "https://api.acme.example"),
  },
  {
    name: "endpoints-empty",
    open: async ({ stage, furnished, look }) =>
      stage.openPortal(furnished.emptyAppId, { at: "/endpoints", ...look }),
  },
  {
    name: "new-endpoint",
    open: async (shooting) => {
      const opened = await portalAt(shooting, { at: "/endpoints/new" }, "invoice");
      await opened.page.getByLabel("Endpoint URL").fill("http://api.acme.example/hooks");
      await opened.page.getByRole("checkbox", { name: "customer", exact: true }).check();
      return opened;
    },
  },
  {
    name: "new-endpoint-advanced",
    open: async (shooting) => {
      const opened = await portalAt(shooting, { at: "/endpoints/new" }, "invoice");
      await opened.page.getByRole("button", { name: "Advanced" }).click();
      await opened.page.getByRole("button", { name: "Add a header" }).click();
      await opened.page.getByRole("button", { name: "Add endpoint" }).click();
      return opened;
    },
  },
  {
    name: "endpoint-ready",
    open: async ({ stage, furnished, look }) => {
      const opened = await stage.openPortal(furnished.spareAppId, {
        at: "/endpoints/new",
        ...look,
      });
      await opened.page.getByLabel("Endpoint URL").fill("http://localhost:3000/hooks");
      await opened.page.getByRole("button", { name: "Add endpoint" }).click();
      await opened.page.getByTestId("secret").waitFor();
      return opened;
    },
  },
  {
    name: "logs",
    open: (shooting) => portalAt(shooting, { at: "/messages" }, "invoice.paid"),
  },
  {
    name: "logs-empty",
    open: async ({ stage, furnished, look }) =>
      stage.openPortal(furnished.emptyAppId, { at: "/messages", ...look }),
  },
  {
    name: "logs-export",
    open: async (shooting) => {
      const opened = await portalAt(shooting, { at: "/messages?preset=week" }, "invoice.paid");
      await opened.page.getByRole("button", { name: "Export" }).click();
      await opened.page.getByRole("button", { name: "Download" }).waitFor();
      return opened;
    },
  },
  {
    name: "message",
    open: async (shooting) => {
      const [id = ""] = shooting.furnished.messageIds;
      const opened = await portalAt(
        shooting,
        { at: `/messages/${id}` },
        "Your server answered 401",
      );
      const failed = opened.page.getByRole("button", { name: /^401/ }).first();
      await failed.click();
      await opened.page.getByText("Response headers").waitFor();
      return opened;
    },
  },
  {
    name: "message-request",
    open: async (shooting) => {
      const [id = ""] = shooting.furnished.messageIds;
      const opened = await portalAt(
        shooting,
        { at: `/messages/${id}` },
        "Your server answered 200",
      );
      await opened.page.getByRole("button", { name: /^200/ }).first().click();
      await opened.page.getByText("Request", { exact: true }).click();
      await opened.page.getByText("webhook-id", { exact: true }).waitFor();
      return opened;
    },
  },
  {
    name: "message-of-others",
    open: async ({ stage, furnished, look }) => {
      const [id = ""] = furnished.messageIds;
      const at = `/messages/${id}`;
      return stage.openPortal(furnished.emptyAppId, { at, ...look });
    },
  },
  {
    name: "catalogue",
    open: (shooting) => portalAt(shooting, { at: "/event-types" }, "customer.created"),
  },
  {
    name: "event-type",
    open: (shooting) =>
      portalAt(shooting, { at: "/event-types/order.completion" }, "The JSON schema itself"),
  },
  {
    name: "activity",
    open: async (shooting) => {
      const opened = await portalAt(shooting, { at: "/activity?range=7d" }, "Error rate");
      await opened.page.locator(".recharts-line").first().waitFor();
      await opened.page.locator(".recharts-bar").first().waitFor();
      return opened;
    },
  },
  {
    name: "activity-numbers",
    open: async (shooting) => {
      const opened = await portalAt(shooting, { at: "/activity" }, "Error rate");
      await opened.page.locator(".recharts-line").first().waitFor();
      await opened.page.getByText("As a table").first().click();
      return opened;
    },
  },
  {
    name: "activity-empty",
    open: async ({ stage, furnished, look }) =>
      stage.openPortal(furnished.emptyAppId, { at: "/activity", ...look }),
  },
  {
    name: "play",
    open: async ({ stage, furnished, look }) => {
      const { svix, url } = stage.installation;
      const { id, url: playUrl } = await call(stage.installation, "POST", "play");
      const endpoint = await svix.endpoint.create(furnished.spareAppId, { url: playUrl });
      const { key: secret } = await svix.endpoint.getSecret(furnished.spareAppId, endpoint.id);
      await call(stage.installation, "PATCH", `play/${id}`, { secret });
      await fetch(playUrl, { method: "POST", body: "hello=Play" });
      const message = { eventType: "order.completion", payload: { id: "ord_7", total: 25 } };
      await svix.message.create(furnished.spareAppId, message);
      const opened = await openPage(stage.browser, look);
      await opened.page.goto(`${url}/play/${id}`);
      await opened.page.getByText("Signature verified").waitFor();
      await svix.endpoint.delete(furnished.spareAppId, endpoint.id);
      return opened;
    },
  },
  {
    name: "play-empty",
    open: async ({ stage, look }) => {
      const { id } = await call(stage.installation, "POST", "play");
      const opened = await openPage(stage.browser, look);
      await opened.page.goto(`${stage.installation.url}/play/${id}`);
      await opened.page.getByText("Waiting for the first request").waitFor();
      return opened;
    },
  },
  {
    name: "sign-in",
    open: async ({ stage, look }) => {
      const opened = await openPage(stage.browser, look);
      await opened.page.goto(`${stage.installation.url}/console`);
      await opened.page.getByRole("button", { name: "Sign in" }).waitFor();
      return opened;
    },
  },
  {
    name: "no-link",
    open: async ({ stage, look }) => {
      const opened = await openPage(stage.browser, look);
      await opened.page.goto(`${stage.installation.url}/portal`);
      await opened.page.getByRole("heading", { level: 1 }).waitFor();
      return opened;
    },
  },
];

fitForEverybody(SCREENS);
