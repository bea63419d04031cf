import { closeSync, fstatSync, openSync, readSync } from "node:fs";

const TAIL_BYTES_MAX = 16 * 1024;
const TAIL_LINES_MAX = 15;

/** What a program in Go says first when it breaks off, before many lines of where it was. */
const CAUSE = /^(?:panic|fatal error): /;

/** The last lines that were logged past the byte `start`, and why it ended; empty when there are none. */
export function logTail(logFile: string, start: number): string {
  const file = openSync(logFile, "a+");
  try {
    const end = fstatSync(file).size;
    const from = Math.max(start, end - TAIL_BYTES_MAX);
    const bytes = Buffer.alloc(Math.max(0, end - from));
    readSync(file, bytes, 0, bytes.length, from);
    const lines = bytes.toString("utf8").trimEnd().split("\n");
    const causes = lines.slice(0, -TAIL_LINES_MAX).filter((line) => CAUSE.test(line));
    return [...causes.slice(-1), ...lines.slice(-TAIL_LINES_MAX)].join("\n");
  } finally {
    closeSync(file);
  }
}
