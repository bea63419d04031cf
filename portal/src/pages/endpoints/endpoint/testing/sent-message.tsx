import { Anchor, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { listAttempts, useResend } from "../../../../api/attempts.ts";
import { messageQuery } from "../../../../api/messages.ts";
import type { MessageAttemptOut } from "../../../../api/schema.d.ts";
import { AttemptList } from "../../../../components/attempts/attempt-list.tsx";
import { DiagnosisText } from "../../../../components/diagnosis/diagnosis-text.tsx";
import { ErrorState } from "../../../../components/error-state.tsx";
import { usePortal } from "../../../../session/portal-context.tsx";
import { SentBody } from "../../../messages/message/sent-body.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import classes from "./testing.module.css";
import type { Sent } from "./use-send.ts";
import { Waiting } from "./waiting.tsx";

/** Live updates are quicker; this is for where they do not come through. */
const POLL_MS = 1_000;

/** The attempts of a message that was sent from here: it waits for the first. */
export function SentMessage({ sent: { eventType, messageId } }: { readonly sent: Sent }) {
  const portal = usePortal();
  const { id: endpointId } = useEndpoint();
  const { data, error, refetch } = useQuery({
    queryKey: ["attempts", portal.appId, "sent", messageId, endpointId],
    queryFn: () => listAttempts(portal, { messageId, endpointId }, undefined),
    refetchInterval: ({ state }) => (state.data?.data.length ? false : POLL_MS),
  });
  const attempts = data?.data ?? [];
  const [newest] = attempts;
  const isAnswered = newest !== undefined;
  const card = useRef<HTMLElement>(null);
  // It is below a payload of any length, where nobody would see that something has come.
  useEffect(() => {
    if (isAnswered) card.current?.scrollIntoView({ block: "nearest" });
  }, [isAnswered]);
  return (
    <article ref={card} className={classes["card"]} aria-label={`What became of ${messageId}`}>
      <Group justify="space-between" className={classes["head"] ?? ""}>
        <Text size="sm" fw={600} className="mono">
          {eventType}
        </Text>
        <Anchor component={Link} to={`/portal/messages/${messageId}`} size="xs" className="mono">
          {messageId}
        </Anchor>
      </Group>
      {error !== null && (
        <ErrorState
          title="What became of it could not be loaded"
          error={error}
          onRetry={() => void refetch()}
        />
      )}
      {error === null && newest === undefined && (
        <Waiting>Waiting for your server’s answer…</Waiting>
      )}
      {newest !== undefined && (
        <>
          <div className={classes["verdict"]} data-tone={newest.statusText}>
            <DiagnosisText attempt={newest} />
          </div>
          <Attempts messageId={messageId} attempts={attempts} />
        </>
      )}
    </article>
  );
}

type AttemptsProps = {
  readonly messageId: string;
  readonly attempts: readonly MessageAttemptOut[];
};

function Attempts({ messageId, attempts }: AttemptsProps) {
  const portal = usePortal();
  const { id: endpointId, disabled } = useEndpoint();
  const resending = useResend();
  const { data: message } = useQuery(messageQuery(portal, messageId));
  const canResend = portal.can("CreateAttempts") && !disabled;
  return (
    <AttemptList
      label={`Attempts of ${messageId}`}
      attempts={attempts}
      onResend={canResend ? () => resending.mutate({ messageId, endpointId }) : undefined}
      requestBody={message !== undefined && <SentBody message={message} endpointId={endpointId} />}
    />
  );
}
