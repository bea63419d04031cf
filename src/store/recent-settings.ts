import type { OrganizationSettings } from "../domain/organization-settings.ts";
import type { Organizations } from "./catalogue-organizations.ts";
import { createRecent } from "./recent.ts";

const RECENT_MS = 1_000;
const ORGANIZATIONS_MAX = 10_000;

type Deps = { readonly organizations: Pick<Organizations, "settings"> };

/** An organization's settings as they were at most a second ago: for what asks for each message. */
export type RecentSettings = (organizationId: string) => Promise<OrganizationSettings>;

export function createRecentSettings({ organizations }: Deps): RecentSettings {
  return createRecent(organizations.settings, { forMs: RECENT_MS, keysMax: ORGANIZATIONS_MAX });
}
