import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { createApiClient } from "../api/client.ts";
import { createQueryClient } from "../api/query-client.ts";
import { useEntry } from "../app/entry-context.ts";
import { ConsoleProvider, type Console } from "../session/console-context.tsx";
import { forgetOperator, keptOperator, type Operator } from "../session/operator.ts";
import { ConsoleFrame } from "./console-frame.tsx";
import { SignIn } from "./sign-in.tsx";

/** The operator's pages, for whoever has a token of the organization. */
export function ConsoleShell() {
  const [operator, setOperator] = useState(keptOperator);
  const [isOver, setOver] = useState(false);
  if (operator === undefined) {
    return (
      <SignIn
        isOver={isOver}
        onSignedIn={(signedIn) => {
          setOver(false);
          setOperator(signedIn);
        }}
      />
    );
  }
  const leave = (isRefused: boolean): void => {
    forgetOperator();
    setOver(isRefused);
    setOperator(undefined);
  };
  return <SignedIn key={operator.token} operator={operator} leave={leave} />;
}

type SignedInProps = {
  readonly operator: Operator;
  readonly leave: (isRefused: boolean) => void;
};

function SignedIn({ operator, leave }: SignedInProps) {
  const { baseUrl } = useEntry();
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    createApiClient({ baseUrl, token: operator.token, onUnauthorized: () => leave(true) }),
  );
  const value = useMemo<Console>(
    () => ({
      ...operator,
      canManage: operator.scopes.includes("manage"),
      client,
      baseUrl,
      signOut: () => leave(false),
    }),
    // What leaves is the same wherever it is made.
    // oxlint-disable-next-line react/exhaustive-deps
    [operator, client, baseUrl],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <ConsoleProvider value={value}>
        <ConsoleFrame>
          <Outlet />
        </ConsoleFrame>
      </ConsoleProvider>
    </QueryClientProvider>
  );
}
