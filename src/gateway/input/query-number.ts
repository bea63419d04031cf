import { z } from "zod";

/** A number as it stands in a query: in digits. Nothing else is one, not even what is empty. */
export function queryNumber<Schema extends z.ZodType<number>>(schema: Schema) {
  return z.preprocess(toNumber, schema);
}

function toNumber(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
