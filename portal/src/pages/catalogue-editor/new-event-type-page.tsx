import { PageHeader } from "../../components/page-header.tsx";
import { EventTypeForm } from "./event-type-form.tsx";
import { EMPTY_VALUES } from "./event-type-values.ts";
import { useCanEdit } from "./use-event-types.ts";
import { useSave } from "./use-save.ts";

const CRUMBS = [{ label: "Event types", to: "/console/event-types" }];

export function NewEventTypePage() {
  const saving = useSave(undefined);
  return (
    <>
      <PageHeader title="Add event type" crumbs={CRUMBS} />
      <EventTypeForm
        initial={EMPTY_VALUES}
        isNew
        canEdit={useCanEdit()}
        error={saving.error}
        isBusy={saving.isPending}
        onSubmit={saving.mutate}
      />
    </>
  );
}
