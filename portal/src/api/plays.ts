import { queryOptions } from "@tanstack/react-query";
import { answerOf, type ApiClient } from "./client.ts";
import type { PlayIn } from "./schema.d.ts";

const PLAY_URL = /\/play\/in\/(play_\w+)\/?$/;

/** Of the testing URL that leads there; undefined for every other URL. */
export function playIdOf(url: string): string | undefined {
  return PLAY_URL.exec(url)?.[1];
}

/** Where people see what has arrived at a testing URL. */
export function playPath(baseUrl: string, playId: string): string {
  return `${baseUrl}/play/${playId}`;
}

/** Needs a session that may manage endpoints; everything else of a bin needs only its id. */
export function createPlay(client: ApiClient) {
  return answerOf(client.POST("/api/v1/play", { body: {} }));
}

export function playQuery(client: ApiClient, playId: string) {
  return queryOptions({
    queryKey: ["plays", playId] as const,
    queryFn: () =>
      answerOf(client.GET("/api/v1/play/{play_id}", { params: { path: { play_id: playId } } })),
  });
}

export function changePlay(client: ApiClient, playId: string, body: PlayIn) {
  return answerOf(
    client.PATCH("/api/v1/play/{play_id}", { params: { path: { play_id: playId } }, body }),
  );
}

export function playRequestsKey(playId: string) {
  return ["play-requests", playId] as const;
}

export function listPlayRequests(client: ApiClient, playId: string, iterator: string | undefined) {
  return answerOf(
    client.GET("/api/v1/play/{play_id}/request", {
      params: {
        path: { play_id: playId },
        query: { ...(iterator !== undefined && { iterator }) },
      },
    }),
  );
}

export function clearPlay(client: ApiClient, playId: string) {
  return answerOf(
    client.DELETE("/api/v1/play/{play_id}/request", { params: { path: { play_id: playId } } }),
  );
}
