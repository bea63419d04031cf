import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DeliveryOut } from "../../../api/schema.d.ts";
import { RelativeTime } from "../../../components/time/relative-time.tsx";
import { useNow } from "../../../components/time/use-now.ts";

type WhatFollowsProps = Pick<DeliveryOut, "nextAttempt" | "waitsFor">;

/** When a delivery goes on; nothing where it has ended. */
export function WhatFollows({ nextAttempt, waitsFor }: WhatFollowsProps) {
  if (waitsFor !== null) return <WaitsForTurn firstId={waitsFor} />;
  return nextAttempt === null ? null : <NextAttempt at={nextAttempt} />;
}

/** Why a message at an ordered endpoint is not attempted, though it is due. */
function WaitsForTurn({ firstId }: { readonly firstId: string }) {
  return (
    <span>
      It waits for its turn: this endpoint gets one message at a time, in order.{" "}
      <Anchor component={Link} to={`/portal/messages/${firstId}`} size="sm">
        See the first in line
      </Anchor>
      .
    </span>
  );
}

/** "Next attempt in 4 min 12 s", which counts. */
function NextAttempt({ at }: { readonly at: string }) {
  const timeMs = Date.parse(at);
  const isDue = useNow(timeMs) >= timeMs;
  if (isDue) return <span>It is being attempted now.</span>;
  return (
    <span>
      Next attempt <RelativeTime at={at} />.
    </span>
  );
}
