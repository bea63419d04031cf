import { isUtf8 } from "node:buffer";
import type { z } from "zod";
import type { Play, PlayAnswer, PlayRequest } from "../../store/catalogue-plays.ts";
import type { PLAY_IN, PlayOut, PlayRequestOut } from "./play-schemas.ts";

export const FIRST_ANSWER: PlayAnswer = {
  status: 200,
  body: '{"received":true}',
  contentType: "application/json",
  delayMs: 0,
};

export function answerIn(
  found: PlayAnswer,
  { status, body, contentType, delayMs }: NonNullable<z.output<typeof PLAY_IN>["answer"]>,
): PlayAnswer {
  return {
    status: status ?? found.status,
    body: body ?? found.body,
    contentType: contentType ?? found.contentType,
    delayMs: delayMs ?? found.delayMs,
  };
}

export function playOut(play: Play, publicUrl: string): PlayOut {
  const { id, answer, secret, createdAtMs, expiresAtMs } = play;
  return {
    id,
    url: `${publicUrl}/play/in/${id}`,
    answer,
    checksSignatures: secret !== null,
    createdAt: new Date(createdAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
  };
}

export function playRequestOut(request: PlayRequest): PlayRequestOut {
  const { id, method, path, headers, signature, answer, receivedAtMs } = request;
  const body = Buffer.from(request.body);
  const isBase64 = !isUtf8(body);
  return {
    id,
    method,
    path,
    headers,
    body: body.toString(isBase64 ? "base64" : "utf8"),
    isBase64,
    bodyBytes: body.length,
    signature,
    answer,
    timestamp: new Date(receivedAtMs).toISOString(),
  };
}
