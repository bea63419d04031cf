import { Anchor, Stack, Text } from "@mantine/core";
import type { ApplicationOut } from "../../api/schema.d.ts";
import { useConsole } from "../../session/console-context.tsx";
import { usePortalOpening } from "./use-portal-opening.ts";

type ApplicationNameProps = { readonly application: Pick<ApplicationOut, "id" | "name" | "uid"> };

/** What begins a row: the name, which opens the application's portal for those who may. */
export function ApplicationName({ application }: ApplicationNameProps) {
  const { canManage } = useConsole();
  const { name, uid } = application;
  return (
    <Stack gap={2} align="flex-start">
      {canManage ? (
        <Opening application={application} />
      ) : (
        <Text size="sm" fw={550}>
          {name}
        </Text>
      )}
      {uid !== null && (
        <Text size="xs" c="dimmed" className="mono">
          {uid}
        </Text>
      )}
    </Stack>
  );
}

function Opening({ application }: ApplicationNameProps) {
  const { isOpening, open } = usePortalOpening(application);
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      fw={550}
      ta="left"
      c="var(--mantine-color-text)"
      data-row-link
      aria-label={`${application.name}: view webhook`}
      aria-busy={isOpening}
      onClick={open}
    >
      {application.name}
    </Anchor>
  );
}
