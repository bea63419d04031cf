import { Ajv, type Options, type ValidateFunction } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Members } from "../input/json-object.ts";
import { finishesWithin } from "./within-time.ts";

/** As JSON. Each character of a schema becomes code, and code is slow to make. */
export const SCHEMA_CHARACTERS_MAX = 64 * 1_024;
const COMPILE_MS_MAX = 500;

export type CompiledSchema =
  | { readonly kind: "compiled"; readonly validate: ValidateFunction; readonly characters: number }
  /** Why it checks nothing. */
  | { readonly kind: "unusable"; readonly why: string };

/**
 * Whatever is no keyword is left alone, as JSON Schema has it. Nothing is fetched: a reference out
 * of the schema leads nowhere. What refers to the same thing shares its code, because copies of it
 * would grow without end.
 */
const OPTIONS: Options = {
  strict: false,
  allErrors: true,
  inlineRefs: false,
  logger: false,
  addUsedSchema: false,
  code: { optimize: false },
};

type Dialect = typeof Ajv | typeof Ajv2019 | typeof Ajv2020;

/** Says whether a schema is one, of each dialect. Made when first needed, which takes a while. */
const judges = new Map<Dialect, Ajv | Ajv2019 | Ajv2020>();

/** Never throws: what others wrote may be anything. */
export function compileSchema(schema: Members): CompiledSchema {
  const characters = JSON.stringify(schema).length;
  if (characters > SCHEMA_CHARACTERS_MAX) {
    return unusable(`it is longer than ${SCHEMA_CHARACTERS_MAX} characters`);
  }
  const judge = judgeOf(dialectOf(schema));
  let validate: ValidateFunction | undefined;
  try {
    const isDone = finishesWithin(COMPILE_MS_MAX, () => {
      validate = compiled(judge, schema);
    });
    if (!isDone || validate === undefined) return unusable("it takes too long to compile");
  } catch (error) {
    return unusable(error instanceof Error ? error.message : String(error));
  }
  return { kind: "compiled", validate, characters };
}

function unusable(why: string): CompiledSchema {
  return { kind: "unusable", why };
}

/** What does not say, is of the newest. */
function dialectOf({ $schema: named }: Members): Dialect {
  if (typeof named !== "string") return Ajv2020;
  if (/\/draft-0[67]\//.test(named)) return Ajv;
  return named.includes("/2019-09/") ? Ajv2019 : Ajv2020;
}

function judgeOf(dialect: Dialect): Ajv | Ajv2019 | Ajv2020 {
  const known = judges.get(dialect);
  if (known !== undefined) return known;
  const judge = new dialect({ ...OPTIONS, allErrors: false });
  // Now, and not when it is first asked, because that may be broken off in the middle.
  void judge.validateSchema({});
  judges.set(dialect, judge);
  return judge;
}

/** With a compiler of its own: one remembers the ids in its schemas, which others could refer to. */
function compiled(judge: Ajv | Ajv2019 | Ajv2020, schema: Members): ValidateFunction {
  const { $schema: _, ...own } = schema;
  if (judge.validateSchema(own) !== true) throw new Error(judge.errorsText(judge.errors));
  const dialect = judge.constructor as Dialect;
  const compiler = new dialect({ ...OPTIONS, meta: false, validateSchema: false });
  addFormats.default(compiler);
  const validate = compiler.compile(own);
  // Asynchronous ones are of this library alone, and would answer later.
  if ("$async" in validate) throw new Error("$async is no keyword of JSON Schema");
  return validate;
}
