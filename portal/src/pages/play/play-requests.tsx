import { Button, Group, Stack, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconInbox } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { clearPlay, listPlayRequests, playRequestsKey } from "../../api/plays.ts";
import type { PlayOut, PlayRequestOut } from "../../api/schema.d.ts";
import { CodeBlock } from "../../components/code/code-block.tsx";
import { codeTokens } from "../../components/code/tokens.ts";
import { Confirm } from "../../components/confirm.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorState } from "../../components/error-state.tsx";
import { FramedList } from "../../components/framed-list.tsx";
import { Loading } from "../../components/loading.tsx";
import { usePages } from "../../components/table/use-pages.ts";
import { PlayRequest } from "./play-request.tsx";
import { usePlayClient } from "./use-play.ts";

/** What has arrived, newest first. */
export function PlayRequests({ play }: { readonly play: PlayOut }) {
  const client = usePlayClient();
  const pages = usePages(playRequestsKey(play.id), (iterator) =>
    listPlayRequests(client, play.id, iterator),
  );
  return (
    <Stack gap="md" component="section" aria-label="Requests">
      <Group justify="space-between" mih={30}>
        <Title order={2}>Requests</Title>
        {pages.rows.length > 0 && <ClearButton play={play} />}
      </Group>
      {pages.isLoading && <Loading what="the requests" />}
      {pages.error !== null && (
        <ErrorState
          title="The requests could not be loaded"
          error={pages.error}
          onRetry={pages.refresh}
        />
      )}
      {!pages.isLoading && pages.error === null && pages.rows.length === 0 && (
        <NothingYet play={play} />
      )}
      <RequestList requests={pages.rows} />
      {pages.hasMore && (
        <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Load more
        </Button>
      )}
    </Stack>
  );
}

/** The newest is open until the reader opens another, or closes it. */
function RequestList({ requests }: { readonly requests: readonly PlayRequestOut[] }) {
  const [chosenId, setChosenId] = useState<string>();
  if (requests.length === 0) return null;
  const openId = chosenId ?? requests[0]?.id;
  return (
    <FramedList label="Requests">
      {requests.map((request) => (
        <PlayRequest
          key={request.id}
          request={request}
          isOpen={request.id === openId}
          onToggle={() => setChosenId(request.id === openId ? "" : request.id)}
        />
      ))}
    </FramedList>
  );
}

function ClearButton({ play }: { readonly play: PlayOut }) {
  const client = usePlayClient();
  const queryClient = useQueryClient();
  const [isAsking, { open, close }] = useDisclosure(false);
  const clearing = useMutation({
    mutationFn: () => clearPlay(client, play.id),
    onSuccess: async () => {
      close();
      await queryClient.invalidateQueries({ queryKey: playRequestsKey(play.id) });
    },
  });
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Clear
      </Button>
      <Confirm
        opened={isAsking}
        onClose={close}
        onConfirm={() => clearing.mutate()}
        title="Delete all requests?"
        action="Delete"
        isDangerous
        isBusy={clearing.isPending}
        error={clearing.error}
      >
        Whatever has arrived at this URL is deleted, for everybody who looks at this page. It cannot
        be brought back. The URL itself stays.
      </Confirm>
    </>
  );
}

function NothingYet({ play }: { readonly play: PlayOut }) {
  const command = `curl -X POST '${play.url}' -d '{"hello":"Play"}'`;
  return (
    <>
      <EmptyState icon={IconInbox} title="Waiting for the first request" order={3}>
        Give the URL to an endpoint and send an example from its Testing tab, or send something
        yourself:
      </EmptyState>
      <CodeBlock tokens={codeTokens(command)} text={command} what="a command that sends one" />
    </>
  );
}
