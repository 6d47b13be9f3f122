// Applies prisma/migrations to a database without Prisma's schema engine (which must be downloaded).
// Writes Prisma's own `_prisma_migrations` rows, so `prisma migrate deploy` stays usable afterwards.
// Refuses to know what the migrations say, and never repairs: a history that differs is reported.
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";

/** The advisory lock Prisma's migration engine takes: both runners exclude each other. */
const MIGRATION_LOCK = 72707369;

const HISTORY_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface HistoryRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

export interface MigrateRefusal {
  readonly outcome: "refused";
  readonly reason: "modified" | "failed" | "newer_database" | "broken_migration";
  readonly message: string;
}

export type MigrateResult =
  | MigrateRefusal
  | { readonly outcome: "up_to_date"; readonly applied: readonly string[]; readonly total: number };

/** All migrations in `dir` (folders holding `migration.sql`), in the order in which they apply. */
async function readMigrations(dir: string): Promise<MigrationFile[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** One hash over every migration's name and bytes: changes whenever a template database is out of date. */
export async function migrationsFingerprint(dir: string): Promise<string> {
  const hash = createHash("sha256");
  for (const { name, checksum } of await readMigrations(dir)) hash.update(`${name}:${checksum}\n`);
  return hash.digest("hex");
}

/** What the history and the files disagree about, as one line for a person; undefined when they agree. */
function findConflict(
  files: readonly MigrationFile[],
  history: readonly HistoryRow[],
): MigrateRefusal | undefined {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const row of history) {
    const file = byName.get(row.migration_name);
    if (!row.finished_at) {
      const message = `Migration ${row.migration_name} failed before and was not resolved; restore a backup or resolve it with "prisma migrate resolve".`;
      return { outcome: "refused", reason: "failed", message };
    }
    if (!file) {
      const message = `The database is from a newer version: it has migration ${row.migration_name}, which this version does not know.`;
      return { outcome: "refused", reason: "newer_database", message };
    }
    if (file.checksum !== row.checksum) {
      const message = `Migration ${row.migration_name} was modified after it had been applied; restore the original file.`;
      return { outcome: "refused", reason: "modified", message };
    }
  }
  return undefined;
}

async function applyOne(client: Client, file: MigrationFile): Promise<MigrateRefusal | undefined> {
  await client.query("BEGIN");
  try {
    await client.query(file.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), file.checksum, file.name],
    );
    await client.query("COMMIT");
    return undefined;
  } catch (error) {
    // The transaction takes everything back, so no "failed" row is left: a mended file can be applied.
    await client.query("ROLLBACK").catch(() => undefined);
    if (!(error instanceof Error && "severity" in error)) throw error;
    const message = `Migration ${file.name} could not be applied: ${error.message}`;
    return { outcome: "refused", reason: "broken_migration", message };
  }
}

/** What is still to be applied, in order, or why nothing may be. */
async function plan(
  client: Client,
  dir: string,
): Promise<MigrateRefusal | { outcome: "planned"; pending: MigrationFile[]; total: number }> {
  const files = await readMigrations(dir);
  const { rows } = await client.query<HistoryRow>(
    `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const done = new Set(rows.map((row) => row.migration_name));
  const pending = files.filter((file) => !done.has(file.name));
  return findConflict(files, rows) ?? { outcome: "planned", pending, total: files.length };
}

async function migrateWith(client: Client, { dir, log }: MigrateOptions): Promise<MigrateResult> {
  await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
  try {
    await client.query("SET client_min_messages = warning");
    await client.query(HISTORY_TABLE);
    const planned = await plan(client, dir);
    if (planned.outcome === "refused") return planned;
    for (const file of planned.pending) {
      log?.(`applying ${file.name}`);
      const refused = await applyOne(client, file);
      if (refused) return refused;
    }
    return { outcome: "up_to_date", applied: planned.pending.map((file) => file.name), total: planned.total };
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [MIGRATION_LOCK]).catch(() => undefined);
  }
}

async function inspectWith(client: Client, { dir }: MigrateOptions): Promise<InspectResult> {
  const { rows } = await client.query<{ found: string | null }>(
    `SELECT to_regclass('"_prisma_migrations"')::text AS found`,
  );
  if (!rows[0]?.found)
    return { outcome: "pending", pending: (await readMigrations(dir)).map(({ name }) => name) };
  const planned = await plan(client, dir);
  if (planned.outcome === "refused") return planned;
  return { outcome: "pending", pending: planned.pending.map(({ name }) => name) };
}

async function connected<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 });
  // A connection lost between queries surfaces in the next query; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export interface MigrateOptions {
  /** PostgreSQL URL of the database to migrate; the role must own it. */
  readonly connectionString: string;
  /** Absolute path of `prisma/migrations`. */
  readonly dir: string;
  /** Called once for each migration about to be applied. */
  readonly log?: (line: string) => void;
}

/**
 * Brings a database to this version's schema. Safe to run from several processes at once (advisory
 * lock) and again and again; each migration is one transaction. Throws only when the database cannot
 * be reached; a history that must not be touched comes back as `refused` with one clear line.
 */
export function applyMigrations(options: MigrateOptions): Promise<MigrateResult> {
  return connected(options.connectionString, (client) => migrateWith(client, options));
}

export type InspectResult =
  | MigrateRefusal
  | { readonly outcome: "pending"; readonly pending: readonly string[] };

/** What `applyMigrations` would do, without changing anything. */
export function inspectMigrations(options: MigrateOptions): Promise<InspectResult> {
  return connected(options.connectionString, (client) => inspectWith(client, options));
}
