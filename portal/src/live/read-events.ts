/** What a server-sent event of `/live` says has changed. */
export type Change = {
  readonly kind: "attempt" | "message" | "endpoint" | "task";
  readonly endpointId?: string;
  readonly messageId?: string;
  readonly taskId?: string;
};

/** Takes apart what comes in pieces of any length. */
export function createEventReader(onChange: (change: Change) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const events = (rest + text).replaceAll("\r\n", "\n").split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const change = changeOf(event);
      if (change !== undefined) onChange(change);
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
