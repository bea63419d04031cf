/** What a platform that sells gift cards sends. */
export const GIFT_CARD_ORDER = {
  orderId: "ord_7Q2M4",
  status: "COMPLETED",
  currency: "GBP",
  totalPrice: 25,
  completedAt: "2026-01-15T10:22:05Z",
  items: [
    {
      productCode: "AMAZON-GB",
      faceValue: 25,
      quantity: 1,
      payout: { type: "REDEMPTION_LINK", url: "https://gifts.example/r/9f1c" },
    },
  ],
} as const;

const CATALOGUE_PRODUCT = {
  productCode: "AMAZON-GB",
  name: "Amazon.co.uk gift card",
  country: "GB",
  currency: "GBP",
  availability: "AVAILABLE",
  faceValue: { min: 1, max: 500 },
  updatedAt: "2026-01-15T09:00:00Z",
} as const;

const PLAYGROUND = { id: "pg_1", name: "My first playground", createdAt: "2026-01-15T11:00:00Z" };

const TEXT = { type: "string" };
const TIME = { type: "string", format: "date-time" };

export const DEMO_EVENT_TYPES = [
  {
    name: "order.completion",
    description: "A gift-card order was completed, or failed for good",
    schemas: schema(
      {
        orderId: TEXT,
        status: { enum: ["COMPLETED", "FAILED"] },
        currency: TEXT,
        totalPrice: { type: "number", minimum: 0 },
        completedAt: TIME,
        items: { type: "array", items: { type: "object" }, minItems: 1 },
      },
      ["orderId", "status", "items"],
      GIFT_CARD_ORDER,
    ),
  },
  {
    name: "product.update",
    description: "A product of the catalogue changed: its price range, or whether it can be had",
    schemas: schema(
      {
        productCode: TEXT,
        name: TEXT,
        country: { type: "string", minLength: 2, maxLength: 2 },
        currency: TEXT,
        availability: { enum: ["AVAILABLE", "OUT_OF_STOCK", "DISCONTINUED"] },
        faceValue: { type: "object" },
        updatedAt: TIME,
      },
      ["productCode", "availability"],
      CATALOGUE_PRODUCT,
    ),
  },
  {
    name: "playground-created",
    description: "A playground was created",
    schemas: schema({ id: TEXT, name: TEXT, createdAt: TIME }, ["id"], PLAYGROUND),
  },
] as const;

function schema(properties: object, required: readonly string[], example: object) {
  const $schema = "http://json-schema.org/draft-07/schema#";
  return { 1: { $schema, type: "object", properties, required, examples: [example] } };
}
