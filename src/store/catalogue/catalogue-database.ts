import type {
  CompiledQuery,
  Expression,
  Kysely,
  RawBuilder,
  SelectQueryBuilder,
  SqlBool,
} from "kysely";
import type { SealedEndpoint } from "../sealed-endpoint.ts";
import type { Tables } from "../tables.ts";

export type CatalogueOptions = {
  readonly db: CatalogueDatabase;
  readonly sealed: SealedEndpoint;
};

/** What an adapter gives the catalogue: where the two databases differ, it is here. */
export type CatalogueDatabase = {
  readonly kysely: Kysely<Tables>;
  /** Whether the JSON list in a column contains a name. */
  readonly listIncludes: (list: Expression<string | null>, name: string) => Expression<SqlBool>;
  /** Compared as its bytes are, whatever the database's locale. */
  readonly byteOrdered: (text: Expression<string>) => RawBuilder<string>;
  /** The ids that a statement then writes to, locked in their order; "free": without waiting. */
  readonly locked: <Row>(ids: Ids<Row>, which: "all" | "free") => Ids<Row>;
  /** How many rows a statement may read, or write, before others have waited too long. */
  readonly rowsAtOnce: { readonly read: number; readonly written: number };
  /** All or none. An interactive transaction would hold SQLite's only connection across awaits. */
  readonly inOneTransaction: (queries: readonly CompiledQuery[]) => Promise<void>;
};

type Ids<Row> = SelectQueryBuilder<
  Tables,
  "message" | "delivery" | "idempotent_call" | "endpoint" | "operational_event",
  Row
>;
