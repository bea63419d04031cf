import type { ReactNode } from "react";
import { useEmbedding } from "../session/embedding.ts";
import { usePortal } from "../session/portal-context.tsx";
import { isReadOnly } from "../session/session.ts";
import { Header } from "./header.tsx";
import { Main } from "./main-content.tsx";
import { Notice } from "./notice.tsx";
import { TABS } from "./tabs.ts";

/** What is around every page of the portal. */
export function PortalFrame({ children }: { readonly children: ReactNode }) {
  const { hideNavigation, noGutters } = useEmbedding();
  return (
    <Main
      noGutters={noGutters}
      isBelowBar={!hideNavigation}
      header={
        <>
          <Notices />
          {!hideNavigation && <Header title="Webhooks" home="/portal/endpoints" tabs={TABS} />}
        </>
      }
    >
      {children}
    </Main>
  );
}

function Notices() {
  const { session } = usePortal();
  return (
    <>
      {session.customer !== undefined && (
        <Notice tone="quiet">
          These are the webhooks of <b>{session.customer}</b>, as they see them.
        </Notice>
      )}
      {session.mode === "test" && (
        <Notice tone="wait">
          Test mode: what happens here reaches your test endpoints, and none of the live ones.
        </Notice>
      )}
      {isReadOnly(session) && (
        <Notice tone="quiet">You can look at everything here, and change nothing.</Notice>
      )}
    </>
  );
}
