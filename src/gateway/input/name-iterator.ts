import { z } from "zod";
import type { PageQuery } from "../../store/catalogue.ts";
import { NAME } from "./fields.ts";
import { ITERATOR_TEXT, pageQuery } from "./listing.ts";

/** Event types are listed by name, and a "-" before one asks for the page before it. */
export const NAME_ITERATOR = z
  .string()
  .refine((text) => NAME.safeParse(text.replace(/^-?~/, "")).success, {
    error: "Input should be an iterator from this list: a name, or -name to go back",
  })
  .describe(ITERATOR_TEXT);

/** A "~", which no name has, keeps a name's own "-" from being taken for that. */
export function nameIterator({ name }: { readonly name: string }): string {
  return name.startsWith("-") ? `~${name}` : name;
}

export function namePageQuery(asked: Parameters<typeof pageQuery>[0]): PageQuery {
  const { after, before, ...query } = pageQuery(asked, "ascending");
  return {
    ...query,
    ...(after === undefined ? {} : { after: after.replace(/^~/, "") }),
    ...(before === undefined ? {} : { before: before.replace(/^~/, "") }),
  };
}
