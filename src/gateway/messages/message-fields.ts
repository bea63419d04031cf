import { z } from "zod";
import { TAG, uniqueOrNull } from "../input/fields.ts";

const TAGS_MAX = 5;
const CONTENT_TYPE_LENGTH_MAX = 256;

/** Type, subtype, and parameters, which are whatever a header may carry. */
const CONTENT_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *;[\x20-\x7e]*)?$/;
const CONTENT_TYPE_TEXT = "Input should be a media type, such as application/xml";

export const TAGS = z
  .array(TAG)
  .max(TAGS_MAX)
  .transform(uniqueOrNull)
  .describe("Yours to find it by; endpoints do not see them");

/** Headers by name, of which there is one that counts. */
export const PAYLOAD_HEADERS = z
  .record(z.string(), z.string())
  .superRefine((headers, context) => {
    for (const [name, value] of Object.entries(headers)) {
      const isFine = value.length <= CONTENT_TYPE_LENGTH_MAX && CONTENT_TYPE.test(value);
      if (!isContentType(name) || isFine) continue;
      context.addIssue({ code: "custom", message: CONTENT_TYPE_TEXT, path: [name] });
    }
  })
  .describe("content-type is the payload's, in place of JSON's; others have no effect");

/** undefined if it is not given. */
export function contentTypeOf(headers: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(headers).find(([name]) => isContentType(name))?.[1];
}

function isContentType(name: string): boolean {
  return name.toLowerCase() === "content-type";
}
