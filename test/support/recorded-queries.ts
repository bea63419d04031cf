import type { CompiledQuery } from "kysely";
import type { CatalogueDatabase } from "../../src/store/catalogue/catalogue-database.ts";

/** The same database; every query that it answers is kept in `queries`, as it was sent. */
export function recordQueries(db: CatalogueDatabase): {
  readonly db: CatalogueDatabase;
  readonly queries: readonly CompiledQuery[];
} {
  const queries: CompiledQuery[] = [];
  const executor = db.kysely.getExecutor();
  // Those that are part of another are made as well, and never sent.
  const made = new WeakMap<object, CompiledQuery>();
  const kysely = db.kysely.withPlugin({
    transformQuery({ node, queryId }) {
      made.set(queryId, executor.compileQuery(node, queryId));
      return node;
    },
    async transformResult({ result, queryId }) {
      const query = made.get(queryId);
      if (query !== undefined) queries.push(query);
      return result;
    },
  });
  return { db: { ...db, kysely }, queries };
}
