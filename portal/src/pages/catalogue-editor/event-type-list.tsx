import { IconArchive, IconBook2, IconPencil, IconRestore } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import type { EventTypeOut } from "../../api/schema.d.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { matching } from "../../components/event-types/matching.ts";
import { DataTable } from "../../components/table/data-table.tsx";
import { RowMenu } from "../../components/table/row-menu.tsx";
import { eventTypeColumns } from "./event-type-columns.tsx";
import { eventTypePath } from "./event-type-path.ts";
import { useArchive, useCanEdit } from "./use-event-types.ts";

type EventTypeListProps = {
  readonly eventTypes: readonly EventTypeOut[];
  /** "" shows all. */
  readonly search: string;
};

export function EventTypeList({ eventTypes, search }: EventTypeListProps) {
  const navigate = useNavigate();
  const canEdit = useCanEdit();
  const found = matching(eventTypes, search);
  if (found.length === 0) {
    return (
      <EmptyState icon={IconBook2} title="No event type is like that">
        None has “{search}” in its name, its description or its group.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Event types"
      columns={eventTypeColumns}
      rows={found}
      keyOf={({ name }) => name}
      onOpen={({ name }) => void navigate({ to: eventTypePath(name) })}
      {...(canEdit && { menu: menuOf })}
    />
  );
}

function menuOf(eventType: EventTypeOut) {
  return <EventTypeMenu eventType={eventType} />;
}

function EventTypeMenu({ eventType }: { readonly eventType: EventTypeOut }) {
  const navigate = useNavigate();
  const archive = useArchive();
  const { name, archived } = eventType;
  return (
    <RowMenu
      of={`event type ${name}`}
      actions={[
        {
          label: "Edit",
          icon: IconPencil,
          onClick: () => void navigate({ to: eventTypePath(name) }),
        },
        {
          label: archived ? "Restore" : "Archive",
          icon: archived ? IconRestore : IconArchive,
          onClick: () => archive.mutate(eventType),
        },
      ]}
    />
  );
}
