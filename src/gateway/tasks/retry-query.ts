import { z } from "zod";
import { FLAG } from "../input/listing.ts";

/** Of the operations that attempt again what has been attempted. */
export const RETRY_QUERY = z.object({
  retry: FLAG.default(false).describe(
    "true begins the schedule of retries anew, with an attempt at once; without, one attempt is made",
  ),
});
