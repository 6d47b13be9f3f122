import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyMigrations } from "@/lib/server/db/migrate";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";

let database: TestDatabase;
let dir: string;

function writeMigration(name: string, sql: string): void {
  mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(path.join(dir, name, "migration.sql"), sql);
}

const migrate = () => applyMigrations({ connectionString: database.connectionString, dir });

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.connectionString });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  dir = mkdtempSync(path.join(tmpdir(), "signpost-migrations-"));
  writeMigration(
    "20260101000000_first",
    'CREATE TABLE "one" (id int PRIMARY KEY);\nINSERT INTO "one" VALUES (1);',
  );
  writeMigration("20260102000000_second", 'ALTER TABLE "one" ADD COLUMN note text;');
});

afterEach(async () => {
  await database.drop();
  rmSync(dir, { recursive: true });
});

describe("applyMigrations", () => {
  it("applies all in order, records them in Prisma's table, and does nothing the second time", async () => {
    const names = ["20260101000000_first", "20260102000000_second"];
    expect(await migrate()).toEqual({ outcome: "up_to_date", applied: names, total: 2 });
    expect(await migrate()).toEqual({ outcome: "up_to_date", applied: [], total: 2 });
    const rows = await query(
      'SELECT migration_name, length(checksum) AS sum, finished_at >= started_at AS finished, applied_steps_count AS steps FROM "_prisma_migrations" ORDER BY 1',
    );
    expect(rows).toEqual(
      names.map((migration_name) => ({ migration_name, sum: 64, finished: true, steps: 1 })),
    );
  });

  it("lets parallel starts apply each migration once", async () => {
    const results = await Promise.all(Array.from({ length: 6 }, migrate));
    const applied = results.flatMap((result) =>
      result.outcome === "up_to_date" ? result.applied : ["refused"],
    );
    expect(applied).toEqual(["20260101000000_first", "20260102000000_second"]);
  });

  it("refuses a migration that was modified after it had been applied", async () => {
    await migrate();
    writeMigration("20260101000000_first", "CREATE TABLE other (id int);");
    expect(await migrate()).toMatchObject({
      outcome: "refused",
      reason: "modified",
      message: expect.stringContaining("20260101000000_first was modified"),
    });
  });

  it("refuses a database from a newer version", async () => {
    writeMigration("20270101000000_future", "CREATE TABLE future (id int);");
    await migrate();
    rmSync(path.join(dir, "20270101000000_future"), { recursive: true });
    expect(await migrate()).toMatchObject({ outcome: "refused", reason: "newer_database" });
  });

  it("refuses a history with an unresolved failure", async () => {
    await migrate();
    await query(
      `UPDATE "_prisma_migrations" SET finished_at = NULL WHERE migration_name = '20260102000000_second'`,
    );
    expect(await migrate()).toMatchObject({ outcome: "refused", reason: "failed" });
  });

  it("takes a broken migration back completely, so that a mended one applies", async () => {
    writeMigration("20260103000000_third", "CREATE TABLE three (id int); SELECT 1 / 0;");
    expect(await migrate()).toMatchObject({
      outcome: "refused",
      reason: "broken_migration",
      message: expect.stringContaining("division by zero"),
    });
    expect(await query("SELECT to_regclass('three') AS found")).toEqual([{ found: null }]);
    writeMigration("20260103000000_third", "CREATE TABLE three (id int);");
    expect(await migrate()).toMatchObject({ outcome: "up_to_date", applied: ["20260103000000_third"] });
  });
});
