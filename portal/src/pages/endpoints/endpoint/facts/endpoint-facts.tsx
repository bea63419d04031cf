import { Badge, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Id } from "../../../../components/id.tsx";
import { RelativeTime } from "../../../../components/time/relative-time.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { ChannelsDialog } from "./channels-dialog.tsx";
import { EventTypesDialog } from "./event-types-dialog.tsx";
import { Fact } from "./fact.tsx";
import classes from "./facts.module.css";
import { SecretFact } from "./secret-fact.tsx";

const NAMES_SHOWN_MAX = 8;

/** What the endpoint is set to. */
export function EndpointFacts() {
  const { id, uid, createdAt, updatedAt, throttleRate, ordered } = useEndpoint();
  return (
    <dl className={classes["facts"]}>
      <EventTypesFact />
      <ChannelsFact />
      <SecretFact />
      <Fact label="Throttle">
        {throttleRate === null ? "As fast as they come" : `${throttleRate} per second`}
      </Fact>
      {ordered && <Fact label="Order">One message at a time</Fact>}
      <Fact label="Created">
        <RelativeTime at={createdAt} />
      </Fact>
      <Fact label="Last changed">
        <RelativeTime at={updatedAt} />
      </Fact>
      <Fact label="Id">
        <span className={classes["id"]}>
          <Id value={id} of="endpoint" />
        </span>
      </Fact>
      {uid !== null && (
        <Fact label="The sender’s own id">
          <span className="mono">{uid}</span>
        </Fact>
      )}
    </dl>
  );
}

function EventTypesFact() {
  const endpoint = useEndpoint();
  const { can } = usePortal();
  const [isEditing, setEditing] = useState(false);
  const names = endpoint.eventTypes ?? [];
  const more = names.length - NAMES_SHOWN_MAX;
  return (
    <Fact
      label="Event types"
      {...(can("ManageEndpoint") && {
        edit: { what: "event types", onEdit: () => setEditing(true) },
      })}
    >
      {names.length === 0 ? (
        "All, and those to come"
      ) : (
        <Stack gap={3}>
          {names.slice(0, NAMES_SHOWN_MAX).map((name) => (
            <span key={name} className="mono">
              {name}
            </span>
          ))}
          {more > 0 && (
            <Text size="xs" c="dimmed">
              and {more} more
            </Text>
          )}
        </Stack>
      )}
      <EventTypesDialog endpoint={endpoint} opened={isEditing} onClose={() => setEditing(false)} />
    </Fact>
  );
}

function ChannelsFact() {
  const endpoint = useEndpoint();
  const { can } = usePortal();
  const [isEditing, setEditing] = useState(false);
  const channels = endpoint.channels ?? [];
  return (
    <Fact
      label="Channels"
      {...(can("ManageEndpoint") && { edit: { what: "channels", onEdit: () => setEditing(true) } })}
    >
      {channels.length === 0 ? (
        "Any"
      ) : (
        <Group gap={4}>
          {channels.map((channel) => (
            <Badge key={channel} variant="default" tt="none" fw={500}>
              {channel}
            </Badge>
          ))}
        </Group>
      )}
      <ChannelsDialog endpoint={endpoint} opened={isEditing} onClose={() => setEditing(false)} />
    </Fact>
  );
}
