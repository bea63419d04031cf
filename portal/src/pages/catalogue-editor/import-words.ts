import type { EventTypeTemplateImportOut } from "../../api/schema.d.ts";

/** "2 created, 1 kept as it is". */
export function importWords({ created, replaced, kept }: EventTypeTemplateImportOut): string {
  const parts = [
    [created.length, "created"],
    [replaced.length, "replaced"],
    [kept.length, "kept as it is"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}
