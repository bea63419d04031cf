import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ApplicationOut } from "../../api/schema.d.ts";

type ApplicationLinkProps = { readonly application: Pick<ApplicationOut, "id" | "name"> };

/** An application's name, which leads to it among the others: also for those who may only look. */
export function ApplicationLink({ application: { id, name } }: ApplicationLinkProps) {
  return (
    <Anchor
      component={Link}
      to={`/console/applications?search=${id}`}
      size="sm"
      fw={550}
      c="var(--mantine-color-text)"
      style={{ overflowWrap: "anywhere" }}
    >
      {name}
    </Anchor>
  );
}
