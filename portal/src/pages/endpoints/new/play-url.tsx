import { Anchor, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { createPlay } from "../../../api/plays.ts";
import { adviceOf } from "../../../api/advice.ts";
import { PlayLink } from "../../../components/play-link.tsx";
import { usePortal } from "../../../session/portal-context.tsx";

type PlayUrlProps = {
  /** What stands in the field now. */
  readonly url: string;
  readonly onUrl: (url: string) => void;
};

/** For whoever has no server yet: a URL that shows what arrives. */
export function PlayUrl({ url, onUrl }: PlayUrlProps) {
  const { client } = usePortal();
  const creating = useMutation({
    mutationFn: () => createPlay(client),
    onSuccess: (play) => onUrl(play.url),
  });
  return (
    <Text size="xs" c="dimmed" mt={6} component="div" aria-live="polite">
      {creating.data?.url === url && url !== "" ? (
        <>
          This is a testing URL of yours. <PlayLink url={url} size="xs" />
        </>
      ) : (
        <>
          No server yet?{" "}
          <Anchor
            component="button"
            type="button"
            size="xs"
            underline="always"
            disabled={creating.isPending}
            onClick={() => creating.mutate()}
          >
            Get a testing URL from Play
          </Anchor>
          , and watch what arrives there.
        </>
      )}
      {creating.error !== null && <Text size="xs">{adviceOf(creating.error)}</Text>}
    </Text>
  );
}
