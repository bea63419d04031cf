import { useId, useMemo, useState } from "react";
import { Opener } from "../opener.tsx";
import { readSchema, type SchemaField } from "./read-schema.ts";
import classes from "./schema-tree.module.css";

type SchemaTreeProps = {
  /** A JSON schema. */
  readonly schema: unknown;
  /** What it describes: "the payload of invoice.paid". */
  readonly what: string;
};

/** So deep it is open to begin with. */
const OPEN_DEPTH = 2;

/** The fields of a payload, and theirs: nested lists, each of which can be opened and closed. */
export function SchemaTree({ schema, what }: SchemaTreeProps) {
  const fields = useMemo(() => readSchema(schema), [schema]);
  if (fields.length === 0) return <p className={classes["none"]}>The schema names no fields.</p>;
  return <Fields fields={fields} depth={0} label={`Fields of ${what}`} />;
}

type FieldsProps = {
  readonly fields: readonly SchemaField[];
  readonly depth: number;
  readonly label: string;
  readonly id?: string;
};

function Fields({ fields, depth, label, id }: FieldsProps) {
  return (
    <ul className={classes["fields"]} aria-label={label} id={id}>
      {fields.map((field) => (
        <Field key={field.name} field={field} depth={depth} />
      ))}
    </ul>
  );
}

type FieldProps = { readonly field: SchemaField; readonly depth: number };

function Field({ field, depth }: FieldProps) {
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH);
  const id = useId();
  if (!field.hasFields) {
    return (
      <li className={classes["field"]}>
        <div className={classes["head"]}>
          <Head field={field} />
        </div>
        <About field={field} />
      </li>
    );
  }
  return (
    <li className={classes["field"]}>
      <Opener
        className={classes["head"]}
        isOpen={isOpen}
        controls={id}
        onToggle={() => setOpen(!isOpen)}
      >
        <Head field={field} />
      </Opener>
      <About field={field} />
      {isOpen && (
        <Fields
          id={id}
          fields={field.fields()}
          depth={depth + 1}
          label={`Fields of ${field.name}`}
        />
      )}
    </li>
  );
}

function Head({
  field: { name, type, isProperty, isRequired, isDeprecated },
}: Omit<FieldProps, "depth">) {
  return (
    <>
      <span className={isProperty ? classes["name"] : classes["word"]} data-old={isDeprecated}>
        {name}
      </span>
      <span className={classes["type"]}>{type}</span>
      {isRequired && <span className={classes["required"]}>required</span>}
      {isDeprecated && <span className={classes["old"]}>deprecated</span>}
    </>
  );
}

function About({ field: { description, limits, values } }: Omit<FieldProps, "depth">) {
  if (description === "" && limits.length + values.length === 0) return null;
  return (
    <div className={classes["about"]}>
      {description !== "" && <div>{description}</div>}
      {limits.length > 0 && <div>{limits.join(", ")}</div>}
      {values.length > 0 && (
        <div>
          {values.length === 1 ? "Always " : "One of "}
          {values.map((value) => (
            <code key={value} className={classes["value"]}>
              {value}
            </code>
          ))}
        </div>
      )}
    </div>
  );
}
