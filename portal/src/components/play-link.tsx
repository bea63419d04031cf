import { Anchor } from "@mantine/core";
import { playIdOf, playPath } from "../api/plays.ts";
import { usePortal } from "../session/portal-context.tsx";

type PlayLinkProps = { readonly url: string; readonly size?: "xs" | "sm" };

/** Leads to where one sees what arrives at a testing URL; nothing for any other URL. */
export function PlayLink({ url, size = "sm" }: PlayLinkProps) {
  const { baseUrl } = usePortal();
  const playId = playIdOf(url);
  if (playId === undefined) return null;
  return (
    <Anchor
      href={playPath(baseUrl, playId)}
      target="_blank"
      rel="noopener"
      size={size}
      underline="always"
    >
      Watch what arrives in Play
    </Anchor>
  );
}
