import type { EventTypeOut } from "../../api/schema.d.ts";

type Named = Pick<EventTypeOut, "name" | "description" | "groupName">;

/** Those that have `search` somewhere, whatever its case. */
export function matching<One extends Named>(all: readonly One[], search: string): readonly One[] {
  const wanted = search.trim().toLowerCase();
  return all.filter(({ name, description, groupName }) =>
    [name, description, groupName ?? ""].some((text) => text.toLowerCase().includes(wanted)),
  );
}
