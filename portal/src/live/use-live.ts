import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePortal, type Portal } from "../session/portal-context.tsx";
import { createEventReader, type Change } from "./read-events.ts";
import { whileSeen } from "./while-seen.ts";

const RECONNECT_MS = 3_000;
/** Where the server has no live updates, or a proxy does not let them through. */
const POLL_MS = 10_000;
/** Many changes at once are one refresh. */
const GATHER_MS = 400;

/** The first word of the keys of what each kind of change makes stale. */
const STALE: Readonly<Record<Change["kind"], readonly string[]>> = {
  attempt: ["attempts", "messages", "stats"],
  message: ["messages", "stats"],
  endpoint: ["endpoints", "stats"],
  task: ["tasks"],
};
const ALL = [...new Set(Object.values(STALE).flat())];

/** Keeps what the page shows up to date while it is seen: told by the server, else by asking. */
export function useLive(): void {
  const portal = usePortal();
  const queryClient = useQueryClient();
  useEffect(
    () => whileSeen((signal) => void follow(portal, queryClient, signal)),
    [portal, queryClient],
  );
}

async function follow(portal: Portal, queryClient: QueryClient, signal: AbortSignal) {
  const refresh = gathering(queryClient);
  while (!signal.aborted) {
    const isServed = await listen(portal, refresh, signal).catch(() => false);
    await sleep(isServed ? RECONNECT_MS : POLL_MS, signal);
    if (!isServed && !signal.aborted) refresh(ALL);
  }
}

/** Resolves when the stream ends: whether there was one. */
async function listen(
  { baseUrl, appId, session }: Portal,
  refresh: (keys: readonly string[]) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const response = await fetch(`${baseUrl}/api/v1/app/${encodeURIComponent(appId)}/live`, {
    headers: { authorization: `Bearer ${session.token}`, accept: "text/event-stream" },
    signal,
  });
  if (!response.ok || response.body === null) return false;
  const read = createEventReader({
    ready: () => refresh(ALL),
    changed: ({ kind }) => refresh(STALE[kind]),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return true;
    read(value);
  }
}

function gathering(queryClient: QueryClient): (keys: readonly string[]) => void {
  const gathered = new Set<string>();
  const refresh = (): void => {
    for (const key of gathered) {
      // To ask anew breaks off what is under way: where changes come faster than answers, nothing
      // would ever be shown.
      if (queryClient.isFetching({ queryKey: [key] }) > 0) continue;
      gathered.delete(key);
      void queryClient.invalidateQueries({ queryKey: [key] });
    }
    if (gathered.size > 0) setTimeout(refresh, GATHER_MS);
  };
  return (keys) => {
    if (gathered.size === 0) setTimeout(refresh, GATHER_MS);
    for (const key of keys) gathered.add(key);
  };
}

function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal.addEventListener("abort", end);
  });
}
