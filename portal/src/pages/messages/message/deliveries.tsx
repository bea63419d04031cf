import { Button, Group, Stack, Title } from "@mantine/core";
import { IconRoute } from "@tabler/icons-react";
import type { MessageOut } from "../../../api/schema.d.ts";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { DeliveryCard } from "./delivery-card.tsx";
import { useDeliveries, useWorkflowUrls } from "./use-deliveries.ts";

/** So many show their attempts at once; of more, the reader opens what they want to see. */
const OPEN_MAX = 4;

export function Deliveries({ message }: { readonly message: MessageOut }) {
  const pages = useDeliveries(message.id);
  const workflowUrls = useWorkflowUrls(message.id);
  return (
    <Stack gap="md">
      <Group mih={30}>
        <Title order={2}>Deliveries</Title>
      </Group>
      {pages.isLoading && <Loading what="the deliveries" />}
      {pages.error !== null && (
        <ErrorState
          title="The deliveries could not be loaded"
          error={pages.error}
          onRetry={pages.refresh}
        />
      )}
      {!pages.isLoading && pages.error === null && pages.rows.length === 0 && (
        <EmptyState icon={IconRoute} title="No endpoint gets this message" order={3}>
          When it was sent, no enabled endpoint wanted its event type and channels. An endpoint that
          was added later can get it by “Replay missing”, on the endpoint’s page.
        </EmptyState>
      )}
      {pages.rows.map((delivery, i) => (
        <DeliveryCard
          key={delivery.endpointId}
          message={message}
          delivery={delivery}
          workflowUrl={workflowUrls.get(delivery.endpointId)}
          isOpen={i < OPEN_MAX}
        />
      ))}
      {pages.hasMore && (
        <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Load more
        </Button>
      )}
    </Stack>
  );
}
