import { Anchor, Button, Drawer, Group, Stack } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { attemptQuery } from "../../../../api/endpoint-attempts.ts";
import { messageQuery } from "../../../../api/messages.ts";
import type { MessageAttemptOut } from "../../../../api/schema.d.ts";
import { AttemptBadge, isByHand } from "../../../../components/attempts/attempt-badge.tsx";
import { AttemptDetails } from "../../../../components/attempts/attempt-details.tsx";
import { ErrorState } from "../../../../components/error-state.tsx";
import { Loading } from "../../../../components/loading.tsx";
import { RelativeTime } from "../../../../components/time/relative-time.tsx";
import { tookWords } from "../../../../components/time/words.ts";
import { usePortal } from "../../../../session/portal-context.tsx";
import { SentBody } from "../../../messages/message/sent-body.tsx";
import { useEndpoint } from "../endpoint-context.ts";
import { useResendHere } from "./use-resend-here.tsx";
import classes from "./overview.module.css";

type AttemptDrawerProps = {
  /** undefined: none is shown. */
  readonly attemptId: string | undefined;
  readonly messageId: string | undefined;
  readonly onClose: () => void;
};

/** One attempt beside the list, so that one can go on to the next. */
export function AttemptDrawer({ attemptId, messageId, onClose }: AttemptDrawerProps) {
  const isOpen = attemptId !== undefined && messageId !== undefined;
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="min(620px, 100%)"
      title="Attempt"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {isOpen && <Shown attemptId={attemptId} messageId={messageId} />}
    </Drawer>
  );
}

type ShownProps = { readonly attemptId: string; readonly messageId: string };

function Shown({ attemptId, messageId }: ShownProps) {
  const portal = usePortal();
  const attempt = useQuery(attemptQuery(portal, messageId, attemptId));
  const message = useQuery(messageQuery(portal, messageId));
  const endpoint = useEndpoint();
  const resending = useResendHere();
  if (attempt.error !== null) {
    return (
      <ErrorState
        title="The attempt could not be loaded"
        error={attempt.error}
        onRetry={() => void attempt.refetch()}
      />
    );
  }
  if (attempt.data === undefined) return <Loading what="the attempt" lines={6} />;
  return (
    <Stack gap="lg">
      <Facts attempt={attempt.data} eventType={message.data?.eventType} />
      {portal.can("CreateAttempts") && !endpoint.disabled && (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={resending.isPending}
            onClick={() => resending.mutate({ messageId, endpointId: endpoint.id })}
          >
            Resend
          </Button>
        </Group>
      )}
      <AttemptDetails
        attempt={attempt.data}
        {...(message.data !== undefined && {
          requestBody: <SentBody message={message.data} endpointId={endpoint.id} />,
        })}
      />
    </Stack>
  );
}

type FactsProps = {
  readonly attempt: MessageAttemptOut;
  readonly eventType: string | undefined;
};

function Facts({ attempt, eventType }: FactsProps) {
  const { timestamp, msgId, url } = attempt;
  return (
    <dl className={classes["details"]}>
      <dt>Outcome</dt>
      <dd>
        <AttemptBadge attempt={attempt} />
      </dd>
      {eventType !== undefined && (
        <>
          <dt>Event type</dt>
          <dd className="mono">{eventType}</dd>
        </>
      )}
      <dt>Message</dt>
      <dd>
        <Anchor component={Link} to={`/portal/messages/${msgId}`} size="sm" className="mono">
          {msgId}
        </Anchor>
      </dd>
      <dt>Sent to</dt>
      <dd>{url}</dd>
      <dt>When</dt>
      <dd>
        <RelativeTime at={timestamp} />, {isByHand(attempt) ? "by hand" : "by its schedule"}
      </dd>
      <dt>Took</dt>
      <dd>{tookWords(attempt.responseDurationMs)}</dd>
    </dl>
  );
}
