import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useConsole } from "../session/console-context.tsx";
import { Header } from "./header.tsx";
import { Main } from "./main-content.tsx";
import { CONSOLE_TABS } from "./tabs.ts";

/** What is around every page of the console. */
export function ConsoleFrame({ children }: { readonly children: ReactNode }) {
  const { signOut } = useConsole();
  return (
    <Main
      header={
        <Header
          title="Console"
          home="/console/applications"
          tabs={CONSOLE_TABS}
          actions={
            <Button variant="subtle" color="gray" size="xs" onClick={signOut}>
              Sign out
            </Button>
          }
        />
      }
    >
      {children}
    </Main>
  );
}
