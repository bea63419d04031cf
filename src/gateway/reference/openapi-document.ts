import type { Scope } from "../../domain/api-key.ts";
import type { JsonSchema } from "./openapi-schemas.ts";

/** The parts of OpenAPI 3.1 that our document has. */
export type OpenApiDocument = {
  readonly openapi: "3.1.0";
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
  };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly Tag[];
  readonly security: readonly SecurityRequirement[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };
};

export type Tag = { readonly name: string; readonly description: string };

type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

export type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  /** What a key must be allowed; every key may call one without. */
  readonly "x-scope"?: Scope;
  readonly deprecated?: true;
  /** Only where it is not the document's. */
  readonly security?: readonly SecurityRequirement[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
};

export type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  /** false: a list is one text with commas. */
  readonly explode?: false;
  readonly schema: JsonSchema;
};

export type Response = {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: AnswerContent;
  /** Named for generated clients, never answered. */
  readonly "x-reserved"?: true;
};

type Header = { readonly description: string; readonly schema: JsonSchema };

type Content = {
  readonly "application/json": { readonly schema: JsonSchema; readonly example?: unknown };
};

type AnswerContent = {
  readonly "application/json"?: { readonly schema: JsonSchema };
  readonly "text/event-stream"?: { readonly schema: JsonSchema };
  /** Of files. */
  readonly [mediaType: string]: { readonly schema: JsonSchema } | undefined;
};
