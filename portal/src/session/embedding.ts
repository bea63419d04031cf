import { createContext, use } from "react";
import { keep, kept } from "./kept.ts";
import type { Embedding, Link } from "./link.ts";

const KEPT_EMBEDDING = "posthorn-embedding";

const OURS: Embedding = {
  primaryColorLight: undefined,
  primaryColorDark: undefined,
  fontFamily: undefined,
  colorScheme: undefined,
  icon: undefined,
  hideNavigation: false,
  noGutters: false,
};

/** What the link says; where it says nothing, what an earlier one of this tab has said. */
export function embeddingOf({ embedding, key }: Link): Embedding {
  if (embedding === undefined && key === undefined)
    return (kept(KEPT_EMBEDDING) as Embedding | undefined) ?? OURS;
  keep(KEPT_EMBEDDING, embedding ?? OURS);
  return embedding ?? OURS;
}

const EmbeddingContext = createContext<Embedding>(OURS);

export const EmbeddingProvider = EmbeddingContext.Provider;

export function useEmbedding(): Embedding {
  return use(EmbeddingContext);
}
