/** Our own API over HTTP, as a producer's code would call it. Rejects on any answer but 2xx. */
export type Api = {
  get<Out>(path: string): Promise<Out>;
  post<Out>(path: string, body: unknown): Promise<Out>;
  put(path: string, body: unknown): Promise<void>;
  patch(path: string, body: unknown): Promise<void>;
};

export function createApi(baseUrl: string, token: string): Api {
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${baseUrl}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  return {
    get: async <Out>(path: string) => (await call("GET", path)) as Out,
    post: async <Out>(path: string, body: unknown) => (await call("POST", path, body)) as Out,
    put: async (path, body) => void (await call("PUT", path, body)),
    patch: async (path, body) => void (await call("PATCH", path, body)),
  };
}
