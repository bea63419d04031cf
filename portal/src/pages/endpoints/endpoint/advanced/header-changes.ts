import type { EndpointHeadersOut } from "../../../../api/schema.d.ts";
import type { HeaderRow } from "../../new/form-values.ts";

export function rowsOf(headers: EndpointHeadersOut["headers"]): readonly HeaderRow[] {
  return Object.entries(headers).map(([name, value]) => ({ key: name, name, value }));
}

/** What to set, and with null what to remove. `kept`: of those whose values are not shown. */
export function headerChanges(
  { headers, sensitive }: EndpointHeadersOut,
  rows: readonly HeaderRow[],
  kept: readonly string[],
): Record<string, string | null> {
  const named = rows
    .map(({ name, value }) => [name.trim(), value] as const)
    .filter(([name]) => name !== "");
  const names = new Set(named.map(([name]) => name.toLowerCase()));
  const removed = [
    ...Object.keys(headers),
    ...sensitive.filter((name) => !kept.includes(name)),
  ].filter((name) => !names.has(name.toLowerCase()));
  const set = named.filter(([name, value]) => headers[name] !== value);
  return Object.fromEntries([...removed.map((name) => [name, null] as const), ...set]);
}
