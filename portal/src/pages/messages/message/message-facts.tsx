import { Group } from "@mantine/core";
import type { MessageOut } from "../../../api/schema.d.ts";
import { Id } from "../../../components/id.tsx";
import { RelativeTime } from "../../../components/time/relative-time.tsx";
import { Labels } from "../labels.tsx";

/** What a message is, besides its payload. */
export function MessageFacts({ message }: { readonly message: MessageOut }) {
  const { id, eventId, timestamp, deliverAt } = message;
  return (
    <Group gap="4px 20px">
      <Id value={id} of="message" />
      {eventId !== null && (
        <span>
          Event id <Id value={eventId} of="event" />
        </span>
      )}
      <span>
        Sent <RelativeTime at={timestamp} />
      </span>
      {deliverAt !== null && (
        <span>
          To be delivered <RelativeTime at={deliverAt} />
        </span>
      )}
      <Labels message={message} />
    </Group>
  );
}
