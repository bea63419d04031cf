import { Button, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { changePlay, playQuery } from "../../api/plays.ts";
import type { PlayOut } from "../../api/schema.d.ts";
import { adviceOf } from "../../api/advice.ts";
import { Pill } from "../../components/status/status-badge.tsx";
import { usePlayClient } from "./use-play.ts";

/** The endpoint's secret, so that requests show whether they are signed with it. */
export function SignatureForm({ play }: { readonly play: PlayOut }) {
  const client = usePlayClient();
  const queryClient = useQueryClient();
  const [secret, setSecret] = useState("");
  const saving = useMutation({
    mutationFn: (chosen: string | null) => changePlay(client, play.id, { secret: chosen }),
    onSuccess: (changed) => {
      setSecret("");
      queryClient.setQueryData(playQuery(client, play.id).queryKey, changed);
    },
  });
  return (
    <form
      aria-label="Signatures"
      onSubmit={(event) => {
        event.preventDefault();
        if (secret.trim() !== "") saving.mutate(secret.trim());
      }}
    >
      <Stack gap="sm">
        <div>
          <Group gap={10} mb={2}>
            <Title order={2}>Signatures</Title>
            {play.checksSignatures && <Pill tone="success">Checked</Pill>}
          </Group>
          <Text size="sm" c="dimmed">
            With the endpoint’s secret, each request shows whether its signature is right. The
            secret is not shown to anybody who opens this page.
          </Text>
        </div>
        <PasswordInput
          label={play.checksSignatures ? "Another secret" : "The endpoint’s secret"}
          placeholder="whsec_…"
          autoComplete="off"
          value={secret}
          error={saving.error === null ? undefined : faultOf(saving.error)}
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button
            type="submit"
            variant="default"
            disabled={secret.trim() === ""}
            loading={saving.isPending}
          >
            Check signatures
          </Button>
          {play.checksSignatures && (
            <Button variant="subtle" color="gray" onClick={() => saving.mutate(null)}>
              Stop checking
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function faultOf(error: Error): string {
  return (error instanceof ApiError ? error.fields["secret"] : undefined) ?? adviceOf(error);
}
