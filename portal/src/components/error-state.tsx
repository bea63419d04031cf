import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { adviceOf } from "../api/advice.ts";

type ErrorStateProps = {
  /** What did not work: "The endpoints could not be loaded". */
  readonly title: string;
  readonly error: Error;
  readonly onRetry?: () => void;
};

/** What happened, and what to do about it. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} title={title}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{adviceOf(error)}</Text>
        {onRetry !== undefined && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
