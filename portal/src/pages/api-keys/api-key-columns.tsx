import { Badge, Group, Stack, Text } from "@mantine/core";
import type { ApiKeyOut } from "../../api/schema.d.ts";
import { Pill } from "../../components/status/status-badge.tsx";
import type { Column } from "../../components/table/data-table.tsx";
import { RelativeTime } from "../../components/time/relative-time.tsx";
import { scopeWords } from "./scopes.ts";

export const apiKeyColumns: readonly Column<ApiKeyOut>[] = [
  { label: "Name", cell: (apiKey) => <Name {...apiKey} /> },
  {
    label: "Mode",
    width: 100,
    cell: ({ mode }) => <Pill tone={mode === "live" ? "success" : "wait"}>{modeWord(mode)}</Pill>,
  },
  { label: "May", isMinor: true, cell: ({ scopes }) => <Scopes scopes={scopes} /> },
  {
    label: "Last used",
    width: 140,
    isMinor: true,
    cell: ({ lastUsedAt }) => <Time at={lastUsedAt} none="Never" />,
  },
  {
    label: "Ends",
    width: 130,
    isMinor: true,
    cell: ({ expiresAt }) => <Time at={expiresAt} none="Never" />,
  },
];

function Name({ name, mode, lastFour, appId }: ApiKeyOut) {
  return (
    <Stack gap={2}>
      <Text size="sm" fw={550}>
        {name}
      </Text>
      <Text size="xs" c="dimmed" className="mono">
        posthorn_{mode}_…{lastFour}
      </Text>
      {appId !== null && (
        <Text size="xs" c="dimmed">
          Only for <span className="mono">{appId}</span>
        </Text>
      )}
    </Stack>
  );
}

function modeWord(mode: ApiKeyOut["mode"]): string {
  return mode === "live" ? "Live" : "Test";
}

function Scopes({ scopes }: Pick<ApiKeyOut, "scopes">) {
  return (
    <Group gap={6}>
      {scopeWords(scopes).map((word) => (
        <Badge key={word} variant="default" tt="none" fw={500}>
          {word}
        </Badge>
      ))}
    </Group>
  );
}

function Time({ at, none }: { readonly at: string | null; readonly none: string }) {
  if (at !== null) return <RelativeTime at={at} />;
  return (
    <Text size="sm" c="dimmed">
      {none}
    </Text>
  );
}
