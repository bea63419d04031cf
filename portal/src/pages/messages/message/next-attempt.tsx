import { RelativeTime } from "../../../components/time/relative-time.tsx";
import { useNow } from "../../../components/time/use-now.ts";

/** "Next attempt in 4 min 12 s", which counts. */
export function NextAttempt({ at }: { readonly at: string }) {
  const timeMs = Date.parse(at);
  const isDue = useNow(timeMs) >= timeMs;
  if (isDue) return <span>It is being attempted now.</span>;
  return (
    <span>
      Next attempt <RelativeTime at={at} />.
    </span>
  );
}
