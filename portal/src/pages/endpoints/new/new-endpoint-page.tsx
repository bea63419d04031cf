import { getRouteApi } from "@tanstack/react-router";
import { PageHeader } from "../../../components/page-header.tsx";
import { usePortal } from "../../../session/portal-context.tsx";
import { EndpointReady } from "./endpoint-ready.tsx";
import { NewEndpointForm } from "./new-endpoint-form.tsx";
import { NotAllowed } from "./not-allowed.tsx";
import { useCreateEndpoint } from "./use-create-endpoint.ts";

const CRUMBS = [{ label: "Endpoints", to: "/portal/endpoints" }];

const route = getRouteApi("/portal/endpoints/new");

export function NewEndpointPage() {
  const { can } = usePortal();
  const { url = "" } = route.useSearch();
  const creating = useCreateEndpoint();
  if (creating.data !== undefined) {
    return (
      <>
        <PageHeader key="ready" title="Your endpoint is ready" crumbs={CRUMBS} isResult />
        <EndpointReady created={creating.data} />
      </>
    );
  }
  return (
    <>
      <PageHeader key="new" title="Add endpoint" crumbs={CRUMBS} />
      {can("ManageEndpoint") ? (
        <NewEndpointForm
          url={url}
          error={creating.error}
          isBusy={creating.isPending}
          onSubmit={creating.mutate}
        />
      ) : (
        <NotAllowed />
      )}
    </>
  );
}
