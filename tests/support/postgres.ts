// A database of its own for a test file: a real PostgreSQL, cloned from the migrated template in milliseconds.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import type {} from "@/tests/support/postgres-global";

export interface TestDatabase {
  /** URL for the application's role, which owns the database. */
  readonly connectionString: string;
  /** Closes every connection to it and removes it. */
  drop(): Promise<void>;
}

async function asAdmin(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject("testServer").adminUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
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
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${source} OWNER "${url.username}"`);
  url.pathname = `/${name}`;
  return {
    connectionString: url.toString(),
    drop: () => asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}
