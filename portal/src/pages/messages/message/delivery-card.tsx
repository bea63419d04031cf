import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconBan, IconExternalLink, IconRefresh } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useResend } from "../../../api/attempts.ts";
import { useCancelDelivery } from "../../../api/messages.ts";
import type { DeliveryOut, MessageOut } from "../../../api/schema.d.ts";
import { StatusBadge } from "../../../components/status/status-badge.tsx";
import { RowMenu, type RowAction } from "../../../components/table/row-menu.tsx";
import { usePortal } from "../../../session/portal-context.tsx";
import { endpointPath } from "../../endpoints/endpoint-path.ts";
import { DeliveryAttempts } from "./delivery-attempts.tsx";
import { deliveryWords } from "./delivery-words.ts";
import classes from "./message.module.css";
import { WhatFollows } from "./next-attempt.tsx";

type DeliveryCardProps = {
  readonly message: MessageOut;
  readonly delivery: DeliveryOut;
  /** Temporal's page of what carries it: only for operators. */
  readonly workflowUrl: string | undefined;
  /** Whether its attempts are shown to begin with. */
  readonly isOpen: boolean;
};

/** A message at one endpoint: how far it is, and what can be done. */
export function DeliveryCard({ message, delivery, workflowUrl, isOpen }: DeliveryCardProps) {
  const { endpointId, url, disabled } = delivery;
  const { can } = usePortal();
  const resending = useResend();
  const ids = { messageId: message.id, endpointId };
  const canSend = can("CreateAttempts") && !disabled;
  const resend = () => resending.mutate(ids);
  return (
    <section className={classes["delivery"]} aria-label={`Delivery to ${url}`}>
      <div className={classes["head"]}>
        <Where delivery={delivery} />
        <Group gap={6} wrap="nowrap">
          {canSend && delivery.state !== "succeeded" && (
            <Button
              size="xs"
              variant={delivery.state === "pending" ? "default" : "filled"}
              leftSection={<IconRefresh size={14} />}
              loading={resending.isPending}
              onClick={resend}
            >
              {delivery.state === "pending" ? "Retry now" : "Resend"}
            </Button>
          )}
          <DeliveryMenu
            ids={ids}
            delivery={delivery}
            workflowUrl={workflowUrl}
            onResend={canSend ? resend : undefined}
          />
        </Group>
      </div>
      <Text size="sm" px={16} pb={12} component="p" m={0}>
        {deliveryWords(delivery).text} <WhatFollows {...delivery} />
      </Text>
      <DeliveryAttempts
        message={message}
        delivery={delivery}
        isOpen={isOpen}
        onResend={canSend ? resend : undefined}
      />
    </section>
  );
}

function Where({ delivery }: Pick<DeliveryCardProps, "delivery">) {
  const { endpointId, url, description, disabled } = delivery;
  return (
    <div className={classes["where"]}>
      <Group gap={8} mb={5}>
        <StatusBadge status={deliveryWords(delivery).status} />
        {disabled && <StatusBadge status="disabled" label="Endpoint disabled" />}
      </Group>
      <Anchor component={Link} to={endpointPath(endpointId)} className={classes["url"]}>
        {url}
      </Anchor>
      {description !== "" && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
    </div>
  );
}

type DeliveryMenuProps = Pick<DeliveryCardProps, "delivery" | "workflowUrl"> & {
  readonly ids: { readonly messageId: string; readonly endpointId: string };
  readonly onResend: (() => void) | undefined;
};

function DeliveryMenu({ ids, delivery, workflowUrl, onResend }: DeliveryMenuProps) {
  const { can } = usePortal();
  const canceling = useCancelDelivery();
  const { state, url } = delivery;
  const actions: RowAction[] = [];
  if (onResend !== undefined && state === "succeeded") {
    actions.push({ label: "Resend", icon: IconRefresh, onClick: onResend });
  }
  if (workflowUrl !== undefined) {
    actions.push({
      label: "Open in Temporal",
      icon: IconExternalLink,
      onClick: () => window.open(workflowUrl, "_blank", "noopener"),
    });
  }
  if (state === "pending" && can("ManageEndpoint")) {
    actions.push({
      label: "Cancel",
      icon: IconBan,
      isDangerous: true,
      onClick: () => canceling.mutate(ids),
    });
  }
  return <RowMenu of={`the delivery to ${url}`} actions={actions} />;
}
