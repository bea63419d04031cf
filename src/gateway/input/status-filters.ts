import { z } from "zod";

/** Which deliveries or attempts are asked for, in a query or in a body. */

/** 4, canceled, is known to newer clients. */
export const ANY_STATUS = z.literal([0, 1, 2, 3, 4]);
export const ANY_STATUS_TEXT = "0 success, 1 pending, 2 fail, 3 sending, 4 canceled";

/** Responses by their hundreds; 0 is none. */
export const STATUS_CODE_CLASS = z.literal([0, 100, 200, 300, 400, 500]);
