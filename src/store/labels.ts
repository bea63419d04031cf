type Labelled = {
  readonly channels: readonly string[] | null;
  readonly tags: readonly string[] | null;
};

/** A message's channels and tags as the tables of labels keep them, each once. */
export function labelsOf({ channels, tags }: Labelled): readonly string[] {
  return [...new Set([...(channels ?? []).map(channelLabel), ...(tags ?? []).map(tagLabel)])];
}

export function channelLabel(channel: string): string {
  return `channel:${channel}`;
}

export function tagLabel(tag: string): string {
  return `tag:${tag}`;
}

/** As one value of a statement's array; null where there are none. */
export function labelsText(labels: readonly string[]): string | null {
  return labels.length === 0 ? null : JSON.stringify(labels);
}

/** The labels that a list is filtered by. */
export function labelsAsked({
  channel,
  tag,
}: {
  readonly channel?: string;
  readonly tag?: string;
}): readonly string[] {
  return [
    ...(channel === undefined ? [] : [channelLabel(channel)]),
    ...(tag === undefined ? [] : [tagLabel(tag)]),
  ];
}
