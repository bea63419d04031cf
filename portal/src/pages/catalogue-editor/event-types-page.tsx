import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBook2, IconPackageImport, IconPlus } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { EventTypeList } from "./event-type-list.tsx";
import { TemplatesDialog } from "./templates-dialog.tsx";
import { useCanEdit, useCatalogue } from "./use-event-types.ts";

const route = getRouteApi("/console/event-types");

export function EventTypesPage() {
  const { search = "" } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useCatalogue();
  const actions = <Actions />;
  const isEmpty = data?.length === 0;
  return (
    <>
      <PageHeader
        title="Event types"
        description="The kinds of messages you send, as your customers see and choose them."
        actions={!isEmpty && actions}
      />
      {error !== null && (
        <ErrorState
          title="The event types could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && error === null && <Loading what="the event types" />}
      {isEmpty && (
        <EmptyState icon={IconBook2} title="No event types yet" action={actions}>
          With a description, a schema and an example, your customers know what will come, and can
          have an example sent before you send anything.
        </EmptyState>
      )}
      {data !== undefined && !isEmpty && (
        <>
          <SearchField
            label="Search event types"
            placeholder="Part of a name, a description or a group"
            value={search}
            onSearch={(text) =>
              void navigate({ search: text === "" ? {} : { search: text }, replace: true })
            }
          />
          <EventTypeList eventTypes={data} search={search} />
        </>
      )}
    </>
  );
}

function Actions() {
  const [isImporting, { open, close }] = useDisclosure(false);
  if (!useCanEdit()) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPackageImport size={16} />} onClick={open}>
        Import a set
      </Button>
      <Button component={Link} to="/console/event-types/new" leftSection={<IconPlus size={16} />}>
        Add event type
      </Button>
      <TemplatesDialog opened={isImporting} onClose={close} />
    </>
  );
}
