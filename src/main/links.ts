import type { Progress } from "./progress.ts";

export type LinksOptions = {
  /** Of the API. */
  readonly url: string;
  readonly temporal: { readonly address: string; readonly uiUrl: string | undefined };
  readonly allowedSubnets: readonly string[];
  readonly progress: Progress;
};

/** Where everything is. */
export function showLinks({ url, temporal, allowedSubnets, progress }: LinksOptions): void {
  const others = allowedSubnets.length === 0 ? "no other" : allowedSubnets.join(", ");
  progress.note("");
  progress.note(`  API               ${url}/api/v1`);
  progress.note(`  Its reference     ${url}/docs`);
  progress.note(`  Console           ${url}/console`);
  progress.note(`  Metrics           ${url}/metrics`);
  progress.note(`  Temporal          ${temporal.uiUrl ?? temporal.address}`);
  progress.note(`  May deliver to    public addresses and ${others}`);
}
