import type { OrganizationSettings } from "../domain/organization-settings.ts";

/** Organizations exist by being named: whichever is asked for has settings. */
export type Organizations = {
  settings(organizationId: string): Promise<OrganizationSettings>;
  /** Of changes that meet none is lost: one may be called again, with what another has written. */
  changeSettings(
    organizationId: string,
    change: (found: OrganizationSettings) => OrganizationSettings,
    nowMs: number,
  ): Promise<OrganizationSettings>;
};
