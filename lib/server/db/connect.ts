// Owns the connections: one Prisma client for the dashboard's reads and writes, one pg pool for the hot path.
// Two pools, so that a slow dashboard query can never starve ingest (and the other way round).
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";

/** Longest that a caller waits for a free or new connection: every request is answered within ten seconds. */
const CONNECT_TIMEOUT_MS = 9_000;
/** Longest that one statement may run before the server ends it. */
const STATEMENT_TIMEOUT_MS = 10_000;

export type Database = {
  prisma: PrismaClient;
  /** For hot-path.ts only: named statements, batches, group commits. */
  hot: pg.Pool;
  connectionString: string;
  close(): Promise<void>;
};

export type Tx = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction"
>;

/**
 * Plans of the hot path, whatever the statistics say: a table that was empty at the last ANALYZE, or whose backlog came
 * in a minute ago, would otherwise be read from end to end for each group (measured: 3 to 10 times the CPU). Every
 * statement there looks rows up by an index, so joins by hash or merge and bitmaps can only be mistakes.
 */
const HOT_SETTINGS = [
  "plan_cache_mode = force_custom_plan",
  "jit = off",
  "random_page_cost = 1.1",
  "enable_hashjoin = off",
  "enable_mergejoin = off",
  "enable_bitmapscan = off",
]
  .map((setting) => `SET ${setting}`)
  .join("; ");

export type OpenDatabaseOptions = {
  connectionString: string;
  hotConnections?: number;
  prismaConnections?: number;
  onError: (error: unknown) => void;
};

/** Opens both pools lazily: nothing connects before the first query. */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const shared = {
    connectionString: options.connectionString,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    // A half-open connection (no RST) must not hold a caller for longer than the server would.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    application_name: "signpost",
  };
  const hot = new pg.Pool({
    ...shared,
    max: options.hotConnections ?? 8,
    idleTimeoutMillis: 60_000,
    onConnect: async (client) => {
      await client.query(HOT_SETTINGS);
    },
  });
  // A pooled idle connection that dies (database restart) emits here; without a listener the process would end.
  hot.on("error", options.onError);
  let statement = 0;
  const names = new Map<string, string>();
  const adapter = new PrismaPg(
    { ...shared, max: options.prismaConnections ?? 6 },
    {
      onPoolError: options.onError,
      onConnectionError: options.onError,
      // Named statements are planned once for each connection; bounded, because dynamic filters make new texts.
      statementNameGenerator: ({ sql }) => {
        let name = names.get(sql);
        if (name === undefined && names.size < 500) {
          name = `p${statement++}`;
          names.set(sql, name);
        }
        // An empty name is an unnamed statement.
        return name ?? "";
      },
    },
  );
  const prisma = new PrismaClient({ adapter });
  return {
    prisma,
    hot,
    connectionString: options.connectionString,
    async close() {
      await Promise.allSettled([prisma.$disconnect(), hot.end()]);
    },
  };
}
