import { html, type Html } from "./html.ts";
import type { Parameter } from "./openapi-document.ts";
import type { JsonSchema } from "./openapi-schemas.ts";

type Field = {
  readonly name: string;
  readonly isRequired: boolean;
  readonly description: string | undefined;
  readonly schema: JsonSchema;
};

export function parameterTable(parameters: readonly Parameter[]): Html {
  return table(
    parameters.map(({ name, required, description, schema }) => ({
      name,
      isRequired: required,
      description,
      schema,
    })),
  );
}

/** An object's fields; of any other schema its type. */
export function schemaTable(schema: JsonSchema): Html {
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0) return html`<p>${type(schema)}</p>`;
  return table(
    fields.map(([name, field]) => ({
      name,
      isRequired: isRequired(schema, name),
      description: undefined,
      schema: typeof field === "object" ? field : {},
    })),
  );
}

/** What is required only under a condition says so, because a JSON schema does not. */
function isRequired({ required, properties }: JsonSchema, name: string): boolean {
  const field = properties?.[name];
  const said = typeof field === "object" ? field.description : undefined;
  return required?.includes(name) === true || said?.startsWith("Required") === true;
}

function table(fields: readonly Field[]): Html {
  const rows = fields.map(
    (field) =>
      html`<tr>
        <td>
          <code>${field.name}</code>${field.isRequired ? html` <b title="required">*</b>` : ""}
        </td>
        <td>${type(field.schema)}</td>
        <td>${remarks(field)}</td>
      </tr> `,
  );
  return html`<table class="fields">
    <tbody>
      ${rows}
    </tbody>
  </table> `;
}

/** Says what a value is, with links to the schemas that have a name. */
export function type(schema: JsonSchema): Html {
  if (schema.$ref !== undefined) return link(schema.$ref);
  const { enum: values, items, additionalProperties } = schema;
  if (schema.anyOf !== undefined) return alternatives(schema.anyOf);
  if (values !== undefined) return listed(values);
  if (items !== undefined && !Array.isArray(items)) return html`list of ${nested(items)}`;
  if (additionalProperties !== undefined && schema.properties === undefined) {
    return html`map to ${nested(additionalProperties)}`;
  }
  const name = [schema.type ?? "any"].flat().join(" or ");
  return html`${name}${schema.format === undefined ? "" : `, ${schema.format}`}`;
}

function link(reference: string): Html {
  const id = reference.split("/").at(-1) ?? "";
  const pieces = id.split("_").map((piece, i) => (i === 0 ? piece : html`_<wbr />${piece}`));
  return html`<a href="#schema-${id}">${pieces}</a>`;
}

function alternatives(schemas: readonly JsonSchema[]): Html {
  return html`${schemas.map((one, i) => [i === 0 ? "" : " or ", type(one)]).flat()}`;
}

function listed(values: readonly unknown[]): Html {
  return html`${values.map((one, i) => [i === 0 ? "" : " | ", html`<code>${String(one)}</code>`]).flat()}`;
}

function nested(schema: unknown): Html {
  const isEmpty = typeof schema !== "object" || schema === null || Object.keys(schema).length === 0;
  return isEmpty ? html`anything` : type(schema as JsonSchema);
}

function remarks({ description, schema }: Field): Html {
  const own = [schema, ...(schema.anyOf ?? [])] as readonly JsonSchema[];
  const said = description ?? own.find((one) => one.description !== undefined)?.description;
  const limits = own.flatMap(limitsOf);
  return html`${schema.deprecated === true ? html`<i>Deprecated.</i> ` : ""}${said}
  ${limits.length === 0 ? "" : html` <small>${limits.join(", ")}</small>`}`;
}

function limitsOf(schema: JsonSchema): readonly string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  return [
    range("", minimum, maximum),
    range(" characters", minLength, maxLength),
    range(" items", minItems, maxItems),
    schema.pattern,
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
  ].filter((text) => text !== undefined);
}

function range(unit: string, least?: number, most?: number): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `at least ${least}${unit}`;
  return least === undefined ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
}
