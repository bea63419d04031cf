import createClient, { type Client } from "openapi-fetch";
import { ApiError } from "./api-error.ts";
import type { paths } from "./schema.d.ts";

export type ApiClient = Client<paths>;

export type ApiClientOptions = {
  /** What stands before /api/v1. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  /** Whatever was signed in is so no more. */
  readonly onUnauthorized?: () => void;
};

/** Calls our API, with the types of its OpenAPI document. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { baseUrl, token, onUnauthorized } = options;
  const client = createClient<paths>({
    baseUrl,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
  });
  client.use({
    onResponse({ response }) {
      if (response.status === 401) onUnauthorized?.();
    },
  });
  return client;
}

type Answer<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/** The answer's body. Throws an ApiError for everything but success. */
export async function answerOf<Data>(answering: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await answering.catch(() => {
    throw new ApiError(0, undefined);
  });
  if (!response.ok) throw new ApiError(response.status, error);
  // Where an answer has no body, its type says so.
  return data as Data;
}
