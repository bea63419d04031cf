import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { createApiClient, type ApiClient } from "../../api/client.ts";
import { playRequestsKey } from "../../api/plays.ts";
import { useEntry } from "../../app/entry-context.ts";
import { whileSeen } from "../../live/while-seen.ts";

/** Where live updates do not come through. */
const POLL_MS = 15_000;

/** Without a token: the bin's id is what lets one in. */
export function usePlayClient(): ApiClient {
  const { baseUrl } = useEntry();
  return useMemo(() => createApiClient({ baseUrl, token: undefined }), [baseUrl]);
}

/** Keeps the list of what has arrived up to date while the page is seen. */
export function useLivePlay(playId: string): void {
  const { baseUrl } = useEntry();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      whileSeen((signal) => {
        const refresh = () =>
          void queryClient.invalidateQueries({ queryKey: playRequestsKey(playId) });
        const events = new EventSource(`${baseUrl}/api/v1/play/${encodeURIComponent(playId)}/live`);
        events.addEventListener("ready", refresh);
        events.addEventListener("change", refresh);
        const timer = setInterval(refresh, POLL_MS);
        signal.addEventListener("abort", () => {
          events.close();
          clearInterval(timer);
        });
      }),
    [baseUrl, playId, queryClient],
  );
}
