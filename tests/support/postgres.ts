// A database of its own for a test file: a real PostgreSQL, cloned from the migrated template in milliseconds.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import type {} from "@/tests/support/postgres-global";

export interface TestDatabase {
  /** URL for the application's role, which owns the database. */
  readonly connectionString: string;
  /** Removes it; sessions still open after two seconds are cut off. */
  drop(): Promise<void>;
}

/** How long sessions that are saying goodbye may take, in milliseconds. */
const GOODBYE_MS = 2_000;

async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: inject("testServer").adminUrl });
  await client.connect();
  return work(client).finally(() => client.end());
}

/**
 * Removes a database once its sessions have ended. `pg.Pool.end()` resolves while its sockets still close; cutting
 * them off there makes PostgreSQL send an error to a pool that nobody listens to any more, which fails the run.
 */
async function dropDatabase(client: Client, name: string): Promise<void> {
  const until = Date.now() + GOODBYE_MS;
  const sessions =
    "SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend' LIMIT 1";
  while ((await client.query(sessions, [name])).rowCount && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/**
 * Makes a database. `empty: true` gives one without the schema (for testing migrations themselves).
 * Use in `beforeAll`, and call `drop()` in `afterAll` after closing your own pools.
 */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const { appUrl, template } = inject("testServer");
  const url = new URL(appUrl);
  const name = `test_${randomBytes(8).toString("hex")}`;
  const source = options.empty ? "template1" : template;
  await asAdmin((client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${source} OWNER "${url.username}"`),
  );
  url.pathname = `/${name}`;
  return {
    connectionString: url.toString(),
    drop: () => asAdmin((client) => dropDatabase(client, name)),
  };
}
