import { z } from "zod";

/** The bodies of every answer that is not a success. */

export const HTTP_ERROR_OUT = z
  .object({
    code: z.string().describe("For programs: not_found, conflict, invalid_query …"),
    detail: z.string().describe("For people: what is wrong, and what would be right"),
  })
  .meta({ id: "HttpErrorOut" });

const VALIDATION_ERROR_ITEM = z
  .object({
    loc: z.array(z.string()).describe("body, query or path, then the way to the field"),
    msg: z.string(),
    type: z.string().describe("value_error; value_error.jsondecode if the body is not JSON"),
  })
  .meta({ id: "ValidationErrorItem" });

export const HTTP_VALIDATION_ERROR = z
  .object({ detail: z.array(VALIDATION_ERROR_ITEM).describe("One entry for each wrong field") })
  .meta({ id: "HTTPValidationError" });
