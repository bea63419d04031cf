/** What a server-sent event of `/live` says has changed. */
export type Change = {
  readonly kind: "attempt" | "message" | "endpoint" | "task";
  readonly endpointId?: string;
  readonly messageId?: string;
  readonly taskId?: string;
};

export type Told = {
  /** From now on nothing is missed; before it, something may have been. */
  ready(): void;
  changed(change: Change): void;
};

/** Takes apart what comes in pieces of any length. */
export function createEventReader(told: Told): (text: string) => void {
  let rest = "";
  return (text) => {
    const events = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      if (event.startsWith("event: ready")) told.ready();
      const change = changeOf(event);
      if (change !== undefined) told.changed(change);
    }
  };
}

function changeOf(event: string): Change | undefined {
  const lines = event.split("\n");
  if (!lines.includes("event: change")) return undefined;
  const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5));
  try {
    return JSON.parse(data.join("\n")) as Change;
  } catch {
    return undefined;
  }
}
