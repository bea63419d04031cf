import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { Link, useMatchRoute } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { useConsole, type Console } from "../session/console-context.tsx";
import { CONSOLE_TABS, type ConsoleTab } from "./console-tabs.ts";
import { Header } from "./header.tsx";
import { Main } from "./main-content.tsx";
import { Notice } from "./notice.tsx";

/** What is around every page of the console. */
export function ConsoleFrame({ children }: { readonly children: ReactNode }) {
  const operator = useConsole();
  const matchRoute = useMatchRoute();
  const isShut = CONSOLE_TABS.some(
    (tab) => !isOpen(tab, operator) && matchRoute({ to: tab.to, fuzzy: true }) !== false,
  );
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
      {isShut ? <NotWithThisKey {...operator} /> : children}
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

/** Whoever follows a link of somebody who may more. */
function NotWithThisKey({ mode }: Pick<Console, "mode">) {
  return (
    <>
      <PageHeader title="Not with this key" />
      <EmptyState
        icon={IconLock}
        title={mode === "test" ? "A test key sees sandboxes only" : "Your key may only look"}
        action={
          <Button component={Link} to="/console/applications" variant="default">
            To the applications
          </Button>
        }
      >
        Sign out, and in again with {mode === "test" ? "a live key" : "one that may do everything"},
        to see this page.
      </EmptyState>
    </>
  );
}

function isOpen({ needs }: ConsoleTab, { mode, canManage }: Console): boolean {
  if (needs === undefined) return true;
  return mode === "live" && (needs === "live" || canManage);
}
