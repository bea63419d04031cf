/** For `validateSearch`: what is searched for stands in the URL. */
export function readSearch({ search }: Readonly<Record<string, unknown>>): {
  readonly search?: string;
} {
  if (typeof search === "number") return { search: String(search) };
  return typeof search === "string" && search !== "" ? { search } : {};
}
