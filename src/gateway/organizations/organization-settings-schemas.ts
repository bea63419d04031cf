import { z } from "zod";
import { PAYLOAD_VALIDATIONS } from "../../domain/organization-settings.ts";

const PUBLIC_CATALOGUE = z
  .boolean()
  .describe("Whether anybody may read the event types at /catalog/{organization}");

const PAYLOAD_VALIDATION = z
  .enum(PAYLOAD_VALIDATIONS)
  .describe(
    "What becomes of a message whose payload is not as the schema of its event type says: " +
      "off sends it, warn sends it and says so, reject refuses it",
  );

const HTTPS_ONLY = z
  .boolean()
  .describe("Whether endpoints are refused URLs that do not begin with https:// from now on");

/** One entry for each setting; src/domain/organization-settings.ts has what they are by default. */
const SETTINGS = z.object({
  publicCatalogue: PUBLIC_CATALOGUE,
  payloadValidation: PAYLOAD_VALIDATION,
  httpsOnly: HTTPS_ONLY,
});

export const ORGANIZATION_SETTINGS_OUT = SETTINGS.meta({ id: "OrganizationSettingsOut" });

export const ORGANIZATION_SETTINGS_PATCH = SETTINGS.partial().meta({
  id: "OrganizationSettingsPatch",
});
