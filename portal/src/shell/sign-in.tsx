import {
  Alert,
  Button,
  Card,
  Center,
  Code,
  PasswordInput,
  Stack,
  Text,
  Title,
} from "@mantine/core";
import { useMutation, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../api/api-error.ts";
import { createQueryClient } from "../api/query-client.ts";
import { useEntry } from "../app/entry-context.ts";
import horn from "../brand/horn.svg";
import { adviceOf } from "../api/advice.ts";
import { signIn, type Operator } from "../session/operator.ts";
import { useTitle } from "./use-title.ts";

type SignInProps = {
  readonly onSignedIn: (operator: Operator) => void;
  /** Whether somebody was signed in until just now. */
  readonly isOver: boolean;
};

export function SignIn(props: SignInProps) {
  const [queryClient] = useState(createQueryClient);
  useTitle("Sign in");
  return (
    <QueryClientProvider client={queryClient}>
      <Center component="main" mih="100vh" p="md">
        <Card w="100%" maw={440} padding="xl" shadow="sm">
          <SignInForm {...props} />
        </Card>
      </Center>
    </QueryClientProvider>
  );
}

function SignInForm({ onSignedIn, isOver }: SignInProps) {
  const { baseUrl } = useEntry();
  const [token, setToken] = useState("");
  const signing = useMutation({
    mutationFn: () => signIn(baseUrl, token.trim()),
    onSuccess: onSignedIn,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        signing.mutate();
      }}
    >
      <Stack>
        <img src={horn} alt="" width={36} height={36} />
        <Title order={1} size="h2">
          The operator’s console
        </Title>
        {isOver && (
          <Alert color="yellow">The token is not accepted any more. Sign in with another.</Alert>
        )}
        <PasswordInput
          label="A token of the organization, or an API key"
          autoComplete="off"
          required
          value={token}
          error={signing.error === null ? undefined : faultOf(signing.error)}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        <Button type="submit" loading={signing.isPending}>
          Sign in
        </Button>
        <Text size="xs" c="dimmed">
          Whoever runs Posthorn makes a token with{" "}
          <Code>npm run -s posthorn -- token --org org_…</Code>. It stays in this tab, and is
          forgotten when the tab is closed.
        </Text>
      </Stack>
    </form>
  );
}

function faultOf(error: Error): string {
  const isUnknown = error instanceof ApiError && error.status === 401;
  return isUnknown
    ? `${error.message}: it is not whole, expired or revoked. Copy it again, or make another.`
    : adviceOf(error);
}
