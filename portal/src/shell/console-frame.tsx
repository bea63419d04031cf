import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useConsole, type Console } from "../session/console-context.tsx";
import { CONSOLE_TABS, type ConsoleTab } from "./console-tabs.ts";
import { Header } from "./header.tsx";
import { Main } from "./main-content.tsx";
import { Notice } from "./notice.tsx";

/** What is around every page of the console. */
export function ConsoleFrame({ children }: { readonly children: ReactNode }) {
  const operator = useConsole();
  return (
    <Main
      header={
        <>
          <Notices {...operator} />
          <Header
            title="Console"
            home="/console/applications"
            tabs={CONSOLE_TABS.filter((tab) => isOpen(tab, operator))}
            actions={
              <Button variant="subtle" color="gray" size="xs" onClick={operator.signOut}>
                Sign out
              </Button>
            }
          />
        </>
      }
    >
      {children}
    </Main>
  );
}

function Notices({ mode, canManage }: Pick<Console, "mode" | "canManage">) {
  return (
    <>
      {mode === "test" && (
        <Notice tone="wait">
          Test mode: you see the sandboxes of your applications, and nothing that is live.
        </Notice>
      )}
      {!canManage && (
        <Notice tone="quiet">Your key may look at everything here, and change nothing.</Notice>
      )}
    </>
  );
}

function isOpen({ needs }: ConsoleTab, { mode, canManage }: Console): boolean {
  if (needs === undefined) return true;
  return mode === "live" && (needs === "live" || canManage);
}
