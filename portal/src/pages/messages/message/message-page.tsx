import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ApiError } from "../../../api/api-error.ts";
import { messageQuery } from "../../../api/messages.ts";
import { Columns } from "../../../components/columns.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { PageHeader } from "../../../components/page-header.tsx";
import { useLive } from "../../../live/use-live.ts";
import { usePortal } from "../../../session/portal-context.tsx";
import { NotFound } from "../../../shell/not-found.tsx";
import { Deliveries } from "./deliveries.tsx";
import { MessageFacts } from "./message-facts.tsx";
import { PayloadCard } from "./payload-card.tsx";

const route = getRouteApi("/portal/messages/$messageId");
const CRUMBS = [{ label: "Logs", to: "/portal/messages" }];

export function MessagePage() {
  const { messageId } = route.useParams();
  const { data, error, refetch } = useQuery(messageQuery(usePortal(), messageId));
  useLive();
  if (error instanceof ApiError && (error.status === 404 || error.status === 422)) {
    return <NotFound />;
  }
  if (data === undefined) {
    return (
      <>
        <PageHeader title={messageId} crumbs={CRUMBS} />
        {error === null ? (
          <Loading what="the message" />
        ) : (
          <ErrorState
            title="The message could not be loaded"
            error={error}
            onRetry={() => void refetch()}
          />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={data.eventType}
        crumbs={CRUMBS}
        description={<MessageFacts message={data} />}
      />
      <Columns asideWidthPx={400}>
        <Deliveries message={data} />
        <PayloadCard message={data} />
      </Columns>
    </>
  );
}
