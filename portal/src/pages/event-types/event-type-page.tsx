import { Button, Group, Text } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useEventTypes } from "../../api/event-types.ts";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Pill } from "../../components/status/status-badge.tsx";
import { NotFound } from "../../shell/not-found.tsx";
import { EventTypeContent } from "./event-type-content.tsx";

const route = getRouteApi("/portal/event-types/$eventType");
const CRUMBS = [{ label: "Event catalogue", to: "/portal/event-types" }];

export function EventTypePage() {
  const { eventType: name } = route.useParams();
  const { data, error, refetch } = useEventTypes();
  const eventType = data?.find((one) => one.name === name);
  if (data !== undefined && eventType === undefined) return <NotFound />;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={CRUMBS}
        {...(eventType !== undefined && { description: <Facts eventType={eventType} /> })}
        actions={
          <Button
            variant="default"
            leftSection={<IconMessages size={16} />}
            renderRoot={(props: object) => (
              <Link to="/portal/messages" search={{ eventTypes: [name] }} {...props} />
            )}
          >
            Its messages
          </Button>
        }
      />
      {error !== null && (
        <ErrorState
          title="The event type could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && eventType === undefined && <Loading what="the event type" lines={6} />}
      {eventType !== undefined && <EventTypeContent eventType={eventType} />}
    </>
  );
}

function Facts({ eventType }: { readonly eventType: EventTypeOut }) {
  const { description, groupName, deprecated } = eventType;
  return (
    <>
      <Text size="sm">{description}</Text>
      {(groupName !== null || deprecated) && (
        <Group gap={8} mt={8}>
          {groupName !== null && <Pill tone="quiet">{groupName}</Pill>}
          {deprecated && <Pill tone="wait">Deprecated: do not build on it any more</Pill>}
        </Group>
      )}
    </>
  );
}
