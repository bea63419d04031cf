/** What an organization has chosen for itself. What it has not chosen is as in the defaults. */
export type OrganizationSettings = {
  /** Whether anybody may read its catalogue of event types. */
  readonly publicCatalogue: boolean;
  readonly payloadValidation: PayloadValidation;
  /** Whether none of its endpoints may have an http:// URL from now on. */
  readonly httpsOnly: boolean;
};

/** What becomes of a message whose payload is not as the schema of its event type says. */
export type PayloadValidation = (typeof PAYLOAD_VALIDATIONS)[number];

export const PAYLOAD_VALIDATIONS = ["off", "warn", "reject"] as const;

export const DEFAULT_ORGANIZATION_SETTINGS: OrganizationSettings = {
  publicCatalogue: false,
  payloadValidation: "off",
  httpsOnly: false,
};
