import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconTerminal2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ApiError } from "../../../api/api-error.ts";
import { payloadQuery } from "../../../api/messages.ts";
import type { MessageOut } from "../../../api/schema.d.ts";
import { JsonView } from "../../../components/code/json-view.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { bytesWords } from "../../../components/numbers.ts";
import { usePortal } from "../../../session/portal-context.tsx";
import { curlOf } from "./curl.ts";
import { useDeliveries } from "./use-deliveries.ts";

const NOBODYS_URL = "https://example.com/webhooks";

export function PayloadCard({ message }: { readonly message: MessageOut }) {
  const { data, error, refetch } = useQuery(payloadQuery(usePortal(), message.id));
  return (
    <Stack gap="md" component="section" aria-label="Payload">
      <Group justify="space-between" mih={30}>
        <Title order={2}>Payload</Title>
        {data !== undefined && <CopyAsCurl messageId={message.id} payload={data.payload} />}
      </Group>
      {error instanceof ApiError && error.status === 404 && (
        <Text size="sm" c="dimmed">
          The payload was deleted: it is kept for a limited time, and the rest of the message
          longer. It cannot be sent again.
        </Text>
      )}
      {error !== null && !(error instanceof ApiError && error.status === 404) && (
        <ErrorState
          title="The payload could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && data === undefined && <Loading what="the payload" lines={6} />}
      {data !== undefined && (
        <JsonView
          text={data.payload}
          what="the payload"
          title={sizeWords(data.payload)}
          maxHeight={560}
        />
      )}
    </Stack>
  );
}

type CopyAsCurlProps = { readonly messageId: string; readonly payload: string };

function CopyAsCurl({ messageId, payload }: CopyAsCurlProps) {
  const { copied, copy, error } = useClipboard();
  const url = useDeliveries(messageId).rows[0]?.url ?? NOBODYS_URL;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={copied ? <IconCheck size={14} /> : <IconTerminal2 size={14} />}
      onClick={() => copy(curlOf({ url, messageId, payload }))}
    >
      {copied ? "Copied" : error === null ? "Copy as curl" : "Copying is not allowed"}
    </Button>
  );
}

function sizeWords(text: string): string {
  return bytesWords(new TextEncoder().encode(text).length);
}
