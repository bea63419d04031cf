import { Anchor } from "@mantine/core";
import { playIdOf, playPath } from "../api/plays.ts";
import { usePortal } from "../session/portal-context.tsx";

/** Leads to where one sees what arrives at a testing URL; nothing for any other URL. */
export function PlayLink({ url }: { readonly url: string }) {
  const { baseUrl } = usePortal();
  const playId = playIdOf(url);
  if (playId === undefined) return null;
  return (
    <Anchor
      href={playPath(baseUrl, playId)}
      target="_blank"
      rel="noopener"
      size="sm"
      underline="always"
    >
      Watch what arrives in Play
    </Anchor>
  );
}
