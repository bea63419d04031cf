import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";
import type { Download } from "../route.ts";

/**
 * Sends no faster than it is read, and stops where the reader goes; makes nothing where nobody reads.
 * Rejects if the making fails.
 */
export async function sendDownload(
  response: Response,
  { contentType, fileName, chunks }: Download,
): Promise<void> {
  response.set({
    "content-type": contentType,
    "content-disposition": `attachment; filename="${fileName}"`,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 1 }), response);
  } catch (error) {
    // Who has gone needs no answer.
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}
