import { Button } from "@mantine/core";
import { IconArchive, IconRestore } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ApiError } from "../../api/api-error.ts";
import { answerOf } from "../../api/client.ts";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Pill } from "../../components/status/status-badge.tsx";
import { useConsole } from "../../session/console-context.tsx";
import { NotFound } from "../../shell/not-found.tsx";
import { EventTypeForm } from "./event-type-form.tsx";
import { valuesOf } from "./event-type-values.ts";
import { EVENT_TYPES_KEY, useArchive, useCanEdit } from "./use-event-types.ts";
import { useSave } from "./use-save.ts";

const route = getRouteApi("/console/event-types/edit/$eventType");
const CRUMBS = [{ label: "Event types", to: "/console/event-types" }];

export function EventTypePage() {
  const { eventType: name } = route.useParams();
  const { client, organizationId } = useConsole();
  const { data, error, refetch } = useQuery({
    queryKey: [EVENT_TYPES_KEY, organizationId, name],
    queryFn: () =>
      answerOf(
        client.GET("/api/v1/event-type/{event_type_name}", {
          params: { path: { event_type_name: name } },
        }),
      ),
  });
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  if (data !== undefined) return <Editor eventType={data} />;
  return (
    <>
      <PageHeader title={name} crumbs={CRUMBS} />
      {error === null ? (
        <Loading what="the event type" />
      ) : (
        <ErrorState
          title="The event type could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
    </>
  );
}

function Editor({ eventType }: { readonly eventType: EventTypeOut }) {
  const canEdit = useCanEdit();
  const saving = useSave(eventType);
  return (
    <>
      <PageHeader
        title={eventType.name}
        crumbs={CRUMBS}
        description={eventType.archived && <Pill tone="quiet">Archived: it cannot be sent</Pill>}
        actions={canEdit && <ArchiveButton eventType={eventType} />}
      />
      <EventTypeForm
        initial={valuesOf(eventType)}
        isNew={false}
        canEdit={canEdit}
        error={saving.error}
        isBusy={saving.isPending}
        onSubmit={saving.mutate}
      />
    </>
  );
}

function ArchiveButton({ eventType }: { readonly eventType: EventTypeOut }) {
  const archive = useArchive();
  const { archived } = eventType;
  const Picture = archived ? IconRestore : IconArchive;
  return (
    <Button
      variant="default"
      leftSection={<Picture size={16} />}
      loading={archive.isPending}
      onClick={() => archive.mutate(eventType)}
    >
      {archived ? "Restore" : "Archive"}
    </Button>
  );
}
