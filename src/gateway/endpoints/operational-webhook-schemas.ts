import { z } from "zod";
import { OPERATIONAL_EVENT_TYPES } from "../../domain/operational-events.ts";
import { uniqueOrNull } from "../input/fields.ts";
import { listOf } from "../input/listing.ts";
import { ENDPOINT_IN, ENDPOINT_OUT, ENDPOINT_UPDATE } from "./endpoint-schemas.ts";

const EVENT_TYPES = z
  .array(z.enum(OPERATIONAL_EVENT_TYPES))
  .transform(uniqueOrNull)
  .nullish()
  .describe("Which it wants; without a list, all");

const FIELDS = {
  url: true,
  uid: true,
  description: true,
  disabled: true,
  throttleRate: true,
  metadata: true,
} as const;

export const OPERATIONAL_ENDPOINT_IN = ENDPOINT_IN.pick({ ...FIELDS, secret: true, headers: true })
  .extend({ eventTypes: EVENT_TYPES })
  .meta({ id: "OperationalWebhookEndpointIn" });

export const OPERATIONAL_ENDPOINT_UPSERT_IN = ENDPOINT_UPDATE.pick(FIELDS)
  .extend({ eventTypes: EVENT_TYPES })
  .meta({ id: "OperationalWebhookEndpointUpsertIn" });

export const OPERATIONAL_ENDPOINT_OUT = ENDPOINT_OUT.omit({
  channels: true,
  filterTypes: true,
  rateLimit: true,
  ordered: true,
  version: true,
}).meta({ id: "OperationalWebhookEndpointOut" });

export const OPERATIONAL_ENDPOINT_LIST_OUT = listOf(
  OPERATIONAL_ENDPOINT_OUT,
  "OperationalWebhookEndpointOut",
);
