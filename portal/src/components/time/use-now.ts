import { useEffect, useState } from "react";
import { wordsLastMs } from "./words.ts";

/** The time, renewed whenever the words for `timeMs` may have changed. */
export function useNow(timeMs: number): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNowMs(Date.now()), wordsLastMs(timeMs, nowMs));
    return () => clearTimeout(timer);
  }, [timeMs, nowMs]);
  return nowMs;
}
