// Vitest's global set-up: one real PostgreSQL for the run, with a migrated template database.
// With SIGNPOST_TEST_DATABASE_URL an existing server is used instead (its role must be allowed to make databases).
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { openCluster } from "@/bin/postgres/cluster";
import { findPostmaster, stopPostmaster } from "@/bin/postgres/postmaster";
import { isAlive, startMark } from "@/bin/process-table";
import { applyMigrations, migrationsFingerprint } from "@/lib/server/db/migrate";

const FOLDER_PREFIX = "signpost-test-";
const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");

export interface TestServer {
  /** URL of a role that may create databases. */
  readonly adminUrl: string;
  /** URL of the role that the application uses; its databases belong to it. */
  readonly appUrl: string;
  readonly template: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/** A killed test run leaves its server behind; the next run ends it. */
async function removeAbandonedServers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER_PREFIX))) {
    const folder = path.join(tmpdir(), name);
    try {
      const [pid, mark] = readFileSync(path.join(folder, "owner"), "utf8").split("\n");
      if (isAlive(Number(pid)) && startMark(Number(pid)) === mark) continue;
      const orphan = await findPostmaster(path.join(folder, "postgres"));
      if (orphan) await stopPostmaster(orphan.pid, 2_000);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // another run is making or removing this folder right now
    }
  }
}

async function startServer() {
  await removeAbandonedServers();
  const folder = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX));
  writeFileSync(path.join(folder, "owner"), `${process.pid}\n${startMark(process.pid)}`);
  const cluster = await openCluster({ dataDir: folder });
  return {
    adminUrl: cluster.adminUrl(),
    appUrl: cluster.url(),
    stop: async () => {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

/** A database with all migrations applied; its name carries their hash, so a changed schema gets a new one. */
async function ensureTemplate(adminUrl: string, appUrl: string): Promise<string> {
  const template = `signpost_template_${(await migrationsFingerprint(MIGRATIONS)).slice(0, 16)}`;
  const owner = new URL(appUrl).username;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const found = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (found.rowCount === 0) await admin.query(`CREATE DATABASE ${template} OWNER "${owner}"`);
  } finally {
    await admin.end();
  }
  // Repeated on an existing template, because an earlier run may have been killed half-way.
  const result = await applyMigrations({ connectionString: withDatabase(appUrl, template), dir: MIGRATIONS });
  if (result.outcome === "refused") throw new Error(result.message);
  return template;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.SIGNPOST_TEST_DATABASE_URL;
  const server = given
    ? { adminUrl: given, appUrl: given, stop: async () => undefined }
    : await startServer();
  const { adminUrl, appUrl } = server;
  try {
    project.provide("testServer", { adminUrl, appUrl, template: await ensureTemplate(adminUrl, appUrl) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}
