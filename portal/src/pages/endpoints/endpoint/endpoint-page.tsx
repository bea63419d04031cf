import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { IconWebhookOff } from "@tabler/icons-react";
import { ApiError } from "../../../api/api-error.ts";
import { endpointQuery } from "../../../api/endpoints.ts";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { useLive } from "../../../live/use-live.ts";
import { usePortal } from "../../../session/portal-context.tsx";
import { EndpointBody } from "./endpoint-body.tsx";
import { EndpointProvider } from "./endpoint-context.ts";
import { EndpointHeader } from "./endpoint-header.tsx";

const route = getRouteApi("/portal/endpoints/$endpointId");

export function EndpointPage() {
  const portal = usePortal();
  useLive();
  const { endpointId } = route.useParams();
  const { data: endpoint, error, refetch } = useQuery(endpointQuery(portal, endpointId));
  return (
    <>
      <EndpointHeader key={endpointId} endpoint={endpoint} />
      {endpoint === undefined && error === null && <Loading what="the endpoint" lines={8} />}
      {endpoint === undefined && error !== null && (
        <NotShown error={error} onRetry={() => void refetch()} />
      )}
      {endpoint !== undefined && (
        <EndpointProvider value={endpoint}>
          <EndpointBody key={endpointId} />
        </EndpointProvider>
      )}
    </>
  );
}

type NotShownProps = { readonly error: Error; readonly onRetry: () => void };

function NotShown({ error, onRetry }: NotShownProps) {
  if (!(error instanceof ApiError && error.status === 404)) {
    return <ErrorState title="The endpoint could not be loaded" error={error} onRetry={onRetry} />;
  }
  return (
    <EmptyState
      icon={IconWebhookOff}
      title="There is no such endpoint"
      action={
        <Anchor component={Link} to="/portal/endpoints" size="sm">
          Go to your endpoints
        </Anchor>
      }
    >
      It may have been deleted, or the address is mistyped.
    </EmptyState>
  );
}
