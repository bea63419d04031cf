import "@fontsource-variable/inter/index.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./theme/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { EntryProvider } from "./app/entry-context.ts";
import { Providers } from "./app/providers.tsx";
import { createAppRouter } from "./app/router.ts";
import { basePathOf } from "./session/base-path.ts";
import { EmbeddingProvider, embeddingOf } from "./session/embedding.ts";
import { enter } from "./session/enter.ts";
import { readLink, withoutLink } from "./session/link.ts";
import { openTabsWithSession } from "./session/new-tabs.ts";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
// Where the library that locks scrolling behind a dialog looks for it.
Object.assign(globalThis, { __webpack_nonce__: nonce });

const baseUrl = basePathOf(location.pathname);
const link = readLink(location.search, location.hash);
const embedding = embeddingOf(link);
leaveOutLink();
openTabsWithSession(baseUrl);

const isPortal = location.pathname.startsWith(`${baseUrl}/portal`);
const entry = isPortal ? enter(baseUrl, link) : Promise.resolve({ kind: "no-link" } as const);
const router = createAppRouter(baseUrl);

createRoot(document.querySelector("#root") ?? document.body).render(
  <StrictMode>
    <EmbeddingProvider value={embedding}>
      <Providers nonce={nonce}>
        <EntryProvider value={{ baseUrl, entry }}>
          <RouterProvider router={router} />
        </EntryProvider>
      </Providers>
    </EmbeddingProvider>
  </StrictMode>,
);

/** What opens a session must not stay in the address bar, nor in the history. */
function leaveOutLink(): void {
  const path = link.next === undefined ? location.pathname : `${baseUrl}/portal${link.next}`;
  const search = link.next === undefined ? withoutLink(location.search) : "";
  history.replaceState(history.state, "", path + search);
}
