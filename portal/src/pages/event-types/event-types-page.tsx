import { Button, Stack, TextInput, Title } from "@mantine/core";
import { IconCategory, IconSearch, IconSearchOff } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEventTypes } from "../../api/event-types.ts";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { EventTypeList } from "./event-type-list.tsx";
import { groupsOf } from "./groups.ts";

const route = getRouteApi("/portal/event-types");

export function EventTypesPage() {
  const { data, error, refetch } = useEventTypes();
  return (
    <>
      <PageHeader
        title="Event catalogue"
        description="What kinds of messages there are, and what is in them."
      />
      {error !== null && (
        <ErrorState
          title="The event types could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && data === undefined && <Loading what="the event types" lines={6} />}
      {data?.length === 0 && (
        <EmptyState icon={IconCategory} title="The catalogue is empty">
          Whoever sends your webhooks describes here which event types there are. They have not done
          so yet; messages come all the same, and the logs show them.
        </EmptyState>
      )}
      {data !== undefined && data.length > 0 && <Catalogue eventTypes={data} />}
    </>
  );
}

function Catalogue({ eventTypes }: { readonly eventTypes: readonly EventTypeOut[] }) {
  const { q = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const search = (text: string) =>
    void navigate({ search: text === "" ? {} : { q: text }, replace: true });
  const groups = groupsOf(eventTypes, q);
  const isGrouped = groups.some(({ name }) => name !== undefined);
  return (
    <Stack gap="xl">
      <TextInput
        aria-label="Search event types"
        placeholder="Search names and descriptions"
        type="search"
        maw={520}
        leftSection={<IconSearch size={15} />}
        value={q}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {groups.length === 0 && (
        <EmptyState
          icon={IconSearchOff}
          title="No event type has that in its name or description"
          action={
            <Button variant="default" onClick={() => search("")}>
              Show all
            </Button>
          }
        />
      )}
      {groups.map((group) => {
        const label = group.name ?? (isGrouped ? "Others" : "Event types");
        return (
          <section key={label} aria-label={label}>
            {isGrouped && (
              <Title order={2} mb="sm">
                {label}
              </Title>
            )}
            <EventTypeList eventTypes={group.eventTypes} />
          </section>
        );
      })}
    </Stack>
  );
}
