import type { CompiledQuery } from "kysely";
import type { CatalogueDatabase } from "../../src/store/catalogue/catalogue-database.ts";

/** The same database; every query that is made with it is kept in `queries`, as it is sent. */
export function recordQueries(db: CatalogueDatabase): {
  readonly db: CatalogueDatabase;
  readonly queries: CompiledQuery[];
} {
  const queries: CompiledQuery[] = [];
  const executor = db.kysely.getExecutor();
  const kysely = db.kysely.withPlugin({
    transformQuery({ node, queryId }) {
      queries.push(executor.compileQuery(node, queryId));
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { db: { ...db, kysely }, queries };
}
