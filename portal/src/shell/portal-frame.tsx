import { Container } from "@mantine/core";
import { useRef, type ReactNode } from "react";
import { useEmbedding } from "../session/embedding.ts";
import { usePortal } from "../session/portal-context.tsx";
import { isReadOnly } from "../session/session.ts";
import classes from "./frame.module.css";
import { Header } from "./header.tsx";
import { Notice } from "./notice.tsx";
import { TABS } from "./tabs.ts";

/** What is around every page of the portal. */
export function PortalFrame({ children }: { readonly children: ReactNode }) {
  const { session } = usePortal();
  const { hideNavigation, noGutters } = useEmbedding();
  const main = useRef<HTMLElement>(null);
  return (
    <>
      <a className={classes["skip"]} href="#content" onClick={() => main.current?.focus()}>
        Skip to the content
      </a>
      {session.mode === "test" && (
        <Notice tone="wait">
          Test mode: what happens here reaches your test endpoints, and none of the live ones.
        </Notice>
      )}
      {isReadOnly(session) && (
        <Notice tone="quiet">You can look at everything here, and change nothing.</Notice>
      )}
      {!hideNavigation && <Header title="Webhooks" home="/portal/endpoints" tabs={TABS} />}
      <main id="content" ref={main} tabIndex={-1} className={classes["main"]}>
        <Container
          {...(noGutters && { fluid: true, px: 0 })}
          py={noGutters ? 0 : { base: "lg", sm: 36 }}
        >
          {children}
        </Container>
      </main>
    </>
  );
}
