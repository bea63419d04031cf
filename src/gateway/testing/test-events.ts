/** Server-sent events as they come. */
export type TestEvents = AsyncDisposable & {
  readonly headers: Headers;
  /** The data of the next event. Throws if that has another name, or none comes. */
  next(name: string): Promise<Data>;
  /** Passes over changes until one is such. */
  until(isIt: (data: Data) => boolean): Promise<void>;
  /** Resolves when the other side has ended it. */
  readonly ended: Promise<void>;
};

type Data = Readonly<Record<string, unknown>>;
type ServerEvent = { readonly name: string; readonly data: Data };

/** Throws if it is refused. */
export async function openEvents(url: string, token: string): Promise<TestEvents> {
  const closing = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: closing.signal });
  if (response.status !== 200 || response.body === null) throw new Error(await response.text());
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const events = read(response.body, resolve);

  const take = async (): Promise<ServerEvent> => {
    const { value, done } = await events.next();
    if (done === true) throw new Error("The events have ended");
    return value;
  };
  return {
    headers: response.headers,
    async next(name) {
      const event = await take();
      if (event.name !== name) throw new Error(`${event.name} ${JSON.stringify(event.data)}`);
      return event.data;
    },
    async until(isIt) {
      while (!isIt((await take()).data));
    },
    get ended() {
      void take().catch(() => undefined);
      return ended;
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
    },
  };
}

async function* read(
  body: ReadableStream<Uint8Array>,
  onEnd: () => void,
): AsyncGenerator<ServerEvent> {
  let text = "";
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
      if (name !== undefined && data !== undefined) {
        yield { name, data: JSON.parse(data) as Data };
      }
    }
  }
  onEnd();
}
