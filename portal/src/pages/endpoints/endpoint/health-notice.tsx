import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconAlertTriangle, IconBan, IconPlayerPause } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { RelativeTime } from "../../../components/time/relative-time.tsx";
import { usePortal } from "../../../session/portal-context.tsx";
import { useEndpoint } from "./endpoint-context.ts";
import { healthOf, type Health } from "./health.ts";
import { ATTEMPTS } from "./overview/overview-search.ts";
import { SwitchDialog } from "./switch-dialog.tsx";

const COLORS = { fail: "red", wait: "yellow", quiet: "gray" } as const;
const ICONS = { fail: IconBan, wait: IconAlertTriangle, quiet: IconPlayerPause } as const;

/** Why nothing is sent, since when, and how to have it otherwise. */
export function HealthNotice() {
  const endpoint = useEndpoint();
  const { can } = usePortal();
  const [isAsking, setAsking] = useState(false);
  const health = healthOf(endpoint);
  if (health === undefined) return null;
  return (
    <>
      <Notice health={health}>
        <Text size="sm">{health.advice}</Text>
        <Times />
        {!endpoint.disabled && (
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link
                {...props}
                to="/portal/endpoints/$endpointId"
                params={{ endpointId: endpoint.id }}
                search={{ status: "failed" }}
                hash={ATTEMPTS}
              />
            )}
          >
            See what your server answered
          </Button>
        )}
        {endpoint.disabled && can("ManageEndpoint") && (
          <Button size="xs" onClick={() => setAsking(true)}>
            Enable it
          </Button>
        )}
      </Notice>
      <SwitchDialog endpoint={endpoint} opened={isAsking} onClose={() => setAsking(false)} />
    </>
  );
}

type NoticeProps = { readonly health: Health; readonly children: ReactNode };

function Notice({ health: { tone, title }, children }: NoticeProps) {
  const Picture = ICONS[tone];
  return (
    <Alert mb="xl" color={COLORS[tone]} icon={<Picture size={18} />} title={title}>
      <Stack gap="sm" align="flex-start">
        {children}
      </Stack>
    </Alert>
  );
}

function Times() {
  const { disabledAt, failingSince } = useEndpoint();
  if (disabledAt === null && failingSince === null) return null;
  return (
    <Group gap="lg">
      {failingSince !== null && (
        <Text size="sm">
          First failure: <RelativeTime at={failingSince} />
        </Text>
      )}
      {disabledAt !== null && (
        <Text size="sm">
          Disabled: <RelativeTime at={disabledAt} />
        </Text>
      )}
    </Group>
  );
}
