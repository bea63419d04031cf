import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Suspense, use, useMemo, useState } from "react";
import { createApiClient } from "../api/client.ts";
import { createQueryClient } from "../api/query-client.ts";
import { useEntry } from "../app/entry-context.ts";
import { Loading } from "../components/loading.tsx";
import { PortalProvider, type Portal } from "../session/portal-context.tsx";
import type { Session } from "../session/session.ts";
import { NoSession } from "./no-session.tsx";
import { PortalFrame } from "./portal-frame.tsx";

/** Lets in whoever has a session, and tells all others how to get one. */
export function PortalShell() {
  return (
    <Suspense fallback={<Loading what="your webhooks" />}>
      <Gate />
    </Suspense>
  );
}

function Gate() {
  const entry = use(useEntry().entry);
  const [isOver, setOver] = useState(false);
  if (isOver) return <NoSession why="expired" />;
  if (entry.kind !== "session") return <NoSession why={entry.kind} />;
  return <WithSession session={entry.session} onOver={() => setOver(true)} />;
}

type WithSessionProps = { readonly session: Session; readonly onOver: () => void };

function WithSession({ session, onOver }: WithSessionProps) {
  const { baseUrl } = useEntry();
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(() =>
    createApiClient({ baseUrl, token: session.token, onUnauthorized: onOver }),
  );
  const portal = useMemo<Portal>(
    () => ({
      session,
      client,
      baseUrl,
      appId: session.appId,
      can: (capability) => session.capabilities.includes(capability),
    }),
    [session, client, baseUrl],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <PortalProvider value={portal}>
        <PortalFrame>
          <Outlet />
        </PortalFrame>
      </PortalProvider>
    </QueryClientProvider>
  );
}
