import { z } from "zod";

/** Connectors belong to a product that this is not. Clients' types name them, so they are named here. */
const KIND = z
  .enum([
    "Custom",
    "AgenticCommerceProtocol",
    "CloseCRM",
    "CustomerIO",
    "Discord",
    "Hubspot",
    "Inngest",
    "Loops",
    "Otel",
    "Resend",
    "Salesforce",
    "Segment",
    "Sendgrid",
    "Slack",
    "Teams",
    "TriggerDev",
    "Windmill",
    "Zapier",
  ])
  .meta({ id: "ConnectorKind" });

const PRODUCT = z.enum(["Dispatch", "Stream"]).meta({ id: "ConnectorProduct" });

const FIELDS = {
  name: z.string(),
  uid: z.string().nullish(),
  logo: z.string().nullish(),
  allowedEventTypes: z.array(z.string()).nullish(),
  transformation: z.string(),
  featureFlags: z.array(z.string()).nullish(),
};

export const CONNECTOR_IN = z
  .object({
    ...FIELDS,
    description: z.string().optional(),
    instructions: z.string().optional(),
    kind: KIND.optional(),
    productType: PRODUCT.nullish(),
  })
  .meta({ id: "ConnectorIn" });

export const CONNECTOR_OUT = z
  .object({
    ...FIELDS,
    id: z.string(),
    orgId: z.string(),
    description: z.string(),
    instructions: z.string(),
    kind: KIND,
    productType: PRODUCT,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    transformationUpdatedAt: z.iso.datetime(),
  })
  .meta({ id: "ConnectorOut" });
