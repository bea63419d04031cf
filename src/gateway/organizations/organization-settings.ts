import type { z } from "zod";
import type { OrganizationSettings } from "../../domain/organization-settings.ts";
import type { GatewayDeps } from "../deps.ts";
import { given } from "../input/fields.ts";
import { route, type Route } from "../route.ts";
import {
  ORGANIZATION_SETTINGS_OUT,
  ORGANIZATION_SETTINGS_PATCH,
} from "./organization-settings-schemas.ts";

type Deps = Pick<GatewayDeps, "organizations">;

const PATH = "/organization/settings";

export function organizationSettingsRoutes(deps: Deps): readonly Route[] {
  return [getSettings(deps), patchSettings(deps)];
}

function getSettings({ organizations }: Deps): Route {
  return route({
    method: "get",
    path: PATH,
    operationId: "v1.organization.get-settings",
    summary: "Get what the organization has chosen for itself",
    access: "organization",
    answers: { 200: ORGANIZATION_SETTINGS_OUT },
    async handle({ principal: { organizationId } }) {
      return { status: 200, body: await organizations.settings(organizationId) };
    },
  });
}

function patchSettings({ organizations }: Deps): Route {
  return route({
    method: "patch",
    path: PATH,
    operationId: "v1.organization.patch-settings",
    summary: "Change some of what the organization has chosen; it holds within a second",
    access: "organization",
    body: ORGANIZATION_SETTINGS_PATCH,
    example: { publicCatalogue: true },
    answers: { 200: ORGANIZATION_SETTINGS_OUT },
    async handle({ principal: { organizationId }, body }) {
      const settings = await organizations.changeSettings(
        organizationId,
        (found) => patched(found, body),
        Date.now(),
      );
      return { status: 200, body: settings };
    },
  });
}

function patched(
  found: OrganizationSettings,
  body: z.output<typeof ORGANIZATION_SETTINGS_PATCH>,
): OrganizationSettings {
  return {
    publicCatalogue: given(body.publicCatalogue, found.publicCatalogue),
    payloadValidation: given(body.payloadValidation, found.payloadValidation),
    httpsOnly: given(body.httpsOnly, found.httpsOnly),
  };
}
