import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { payloadQuery } from "../../../api/messages.ts";
import { requestFormatQuery } from "../../../api/request-formats.ts";
import type { MessageOut } from "../../../api/schema.d.ts";
import { JsonView } from "../../../components/code/json-view.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { Loading } from "../../../components/loading.tsx";
import { usePortal } from "../../../session/portal-context.tsx";

type SentBodyProps = { readonly message: MessageOut; readonly endpointId: string };

/** The body of a request to the endpoint, in the format that it has now. */
export function SentBody({ message, endpointId }: SentBodyProps) {
  const portal = usePortal();
  const payload = useQuery(payloadQuery(portal, message.id));
  const format = useQuery(requestFormatQuery(portal, endpointId));
  const error = payload.error ?? format.error;
  if (error !== null) return <ErrorState title="The body could not be loaded" error={error} />;
  if (payload.data === undefined || format.data === undefined) {
    return <Loading what="the body" lines={3} />;
  }
  const { body, bodyToken } = format.data;
  const text = payload.data.payload;
  const event = JSON.stringify(message.eventType);
  return (
    <Stack gap="xs">
      <JsonView
        text={body === "payload" ? text : `{"event":${event},"data":${text}}`}
        what="the request's body"
        title="Request body"
        maxHeight={260}
      />
      {bodyToken !== null && (
        <Text size="xs" c="dimmed">
          The endpoint’s token was at <span className="mono">{bodyToken.path}</span>, and is not
          shown.
        </Text>
      )}
    </Stack>
  );
}
