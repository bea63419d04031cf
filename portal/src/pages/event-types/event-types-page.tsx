import { Button, Stack, Title } from "@mantine/core";
import { IconCategory, IconSearchOff } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useEventTypes } from "../../api/event-types.ts";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { EventTypeList } from "./event-type-list.tsx";
import { groupsOf } from "./groups.ts";

const route = getRouteApi("/portal/event-types");

export function EventTypesPage() {
  return (
    <>
      <PageHeader
        title="Event catalogue"
        description="What kinds of messages there are, and what is in them."
      />
      <Loaded query={useEventTypes()} what="the event types" lines={6}>
        {(all) => (all.length === 0 ? <NoCatalogue /> : <Catalogue eventTypes={all} />)}
      </Loaded>
    </>
  );
}

function NoCatalogue() {
  return (
    <EmptyState icon={IconCategory} title="The catalogue is empty">
      Whoever sends your webhooks describes here which event types there are. They have not done so
      yet; messages come all the same, and the logs show them.
    </EmptyState>
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
      <SearchField
        label="Search event types"
        placeholder="Part of a name, a description or a group"
        value={q}
        onSearch={search}
      />
      {groups.length === 0 && (
        <EmptyState
          icon={IconSearchOff}
          title="No event type is like that"
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
            <EventTypeList label={label} eventTypes={group.eventTypes} />
          </section>
        );
      })}
    </Stack>
  );
}
