import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { NewApiKeyOut } from "../../api/schema.d.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import classes from "./api-keys.module.css";

type KeyOnceProps = {
  readonly apiKey: Pick<NewApiKeyOut, "name" | "key">;
  /** What else there is to know now. */
  readonly note?: string;
  readonly onClose: () => void;
};

/** A key's secret, at the only time when there is one to show. */
export function KeyOnce({ apiKey: { name, key }, note, onClose }: KeyOnceProps) {
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} role="status">
        Copy it now, and put it where “{name}” reads it. It is not kept, and cannot be shown again.
      </Alert>
      <div className={classes["key"]}>
        <span className="mono" data-testid="api-key">
          {key}
        </span>
        <CopyButton value={key} what="the key" size="md" />
      </div>
      <Text size="sm" c="dimmed">
        Requests carry it as <span className="mono">Authorization: Bearer {key.slice(0, 14)}…</span>
      </Text>
      {note !== undefined && <Text size="sm">{note}</Text>}
      <Group justify="flex-end">
        <Button onClick={onClose}>I have it</Button>
      </Group>
    </Stack>
  );
}
