import type { OrganizationSettings } from "../domain/organization-settings.ts";
import type { Organizations } from "./catalogue-organizations.ts";

const RECENT_MS = 1_000;
const ORGANIZATIONS_MAX = 10_000;

type Read = { readonly atMs: number; readonly settings: Promise<OrganizationSettings> };

type Deps = { readonly organizations: Pick<Organizations, "settings"> };

/** An organization's settings as they were at most a second ago: for what asks for each message. */
export type RecentSettings = (organizationId: string) => Promise<OrganizationSettings>;

export function createRecentSettings({ organizations }: Deps): RecentSettings {
  const reads = new Map<string, Read>();
  return (organizationId) => {
    const nowMs = performance.now();
    const found = reads.get(organizationId);
    if (found !== undefined && nowMs - found.atMs < RECENT_MS) return found.settings;

    // Those that were read first are at the front; what is read again goes to the end.
    reads.delete(organizationId);
    const [oldest] = reads.keys();
    if (reads.size >= ORGANIZATIONS_MAX && oldest !== undefined) reads.delete(oldest);
    const settings = organizations.settings(organizationId);
    reads.set(organizationId, { atMs: nowMs, settings });
    // What has failed is not remembered: whoever asks next asks the database.
    settings.catch(() => reads.delete(organizationId));
    return settings;
  };
}
