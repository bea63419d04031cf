/** "endpoint.getSecret" and the operation that it calls, as the API's document names it. */
export type SdkMethod = {
  readonly name: string;
  /** undefined if it only calls others. */
  readonly operation: { readonly method: string; readonly path: string } | undefined;
};

const REQUEST = /SvixRequest\(\s*(?:HttpMethod\.)?"?([A-Z]+)"?,\s*["'`]([^"'`]+)/;

/** Every method of a stock client, and of the resources that hang on it. */
export function methodsOf(resource: object, prefix = ""): readonly SdkMethod[] {
  const members = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(resource) as object);
  return Object.entries(members).flatMap(([name, { get, value }]) => {
    if (name === "constructor") return [];
    if (get !== undefined) return methodsOf(get.call(resource) as object, `${prefix}${name}.`);
    return [{ name: `${prefix}${name}`, operation: operationOf(String(value)) }];
  });
}

function operationOf(source: string): SdkMethod["operation"] {
  const [, method, path] = REQUEST.exec(source) ?? [];
  return method === undefined || path === undefined ? undefined : { method, path };
}

/** The same client, which notes the name of each method that was called and did not throw. */
export function recording<Client extends object>(
  client: Client,
  called: Set<string>,
  prefix = "",
): Client {
  return new Proxy(client, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      const name = `${prefix}${String(key)}`;
      if (typeof value === "object" && value !== null) return recording(value, called, `${name}.`);
      if (typeof value !== "function") return value;
      return async (...args: readonly unknown[]) => {
        const answer: unknown = await value.apply(target, args);
        called.add(name);
        return answer;
      };
    },
  });
}
