import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { ApiError } from "../api/api-error.ts";

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

/** For people: what the API said, and what they can do where it does not say so itself. */
export function adviceOf(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 403) {
    return `${error.message}. Whoever let you in decides what you may do.`;
  }
  if (error.status === 404) return "It is not there, or not there any more.";
  if (error.status === 429) return "Too many requests came in a short time. Wait a moment.";
  if (error.status >= 500) {
    return `Something failed on the server, not with you. ${error.message}`;
  }
  return error.message;
}
