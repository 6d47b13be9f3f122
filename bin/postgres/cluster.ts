// The embedded PostgreSQL: one cluster below the data folder, adopted when an earlier process left it
// running, started otherwise, and started again when it dies under us. Listens on 127.0.0.1 only.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { prepareDataDir, readIfPresent, writePrivateFile } from "@/bin/data-dir";
import { bindablePort } from "@/bin/free-port";
import { LauncherError } from "@/bin/launcher-error";
import { findPostgresBinaries, type PostgresBinaries } from "@/bin/postgres/binaries";
import { ADMIN_ROLE, APP_ROLE, type Credentials, loadCredentials } from "@/bin/postgres/credentials";
import { clusterExists, ensureOwner, initialiseCluster, POSTGRES_ENV } from "@/bin/postgres/initialise";
import { choosePostgresIdentity, type PostgresIdentity } from "@/bin/postgres/os-identity";
import {
  endOrphanedBackends,
  findPostmaster,
  type Postmaster,
  requestStop,
  stopPostmaster,
} from "@/bin/postgres/postmaster";
import { isAlive } from "@/bin/process-table";
import { waitUntil } from "@/bin/wait-until";

const START_TIMEOUT_MS = 60_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

export interface ClusterOptions {
  /** Absolute path of the data folder; PostgreSQL's own files go to `<dataDir>/postgres`. */
  readonly dataDir: string;
  /** One line for a person, for what is not the usual course (adopted, replaced, restarted). */
  readonly log?: (line: string) => void;
}

export interface Cluster {
  readonly port: number;
  readonly pid: number;
  /** True when a PostgreSQL that already ran on this folder was taken over. */
  readonly adopted: boolean;
  /** URL of a database for the application's role (not a superuser). */
  url(database?: string): string;
  /** URL for the superuser; for making databases only. */
  adminUrl(database?: string): string;
  /** Fast shutdown; resolves when the process is gone. */
  stop(): Promise<void>;
  /** Asks for the fast shutdown and does not wait: for a process that must end now. */
  abandon(): void;
  /** Stops watching over it and leaves it running, for whoever owns it. */
  leave(): Promise<void>;
}

interface Place {
  readonly pgdata: string;
  readonly logFile: string;
  readonly portFile: string;
  readonly binaries: PostgresBinaries;
  readonly identity: PostgresIdentity;
  readonly credentials: Credentials;
}

function connectionUrl(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** "ready", or why not yet. Anything but "not yet" from PostgreSQL itself is an error worth showing. */
async function probe(place: Place, port: number): Promise<"ready" | "waiting"> {
  const connectionString = connectionUrl(ADMIN_ROLE, place.credentials.admin, port, "postgres");
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return "ready";
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "28P01") {
      throw new LauncherError(`The database in ${place.pgdata} does not accept its stored password.`);
    }
    return "waiting";
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function choosePort(place: Place): Promise<number> {
  const stored = Number(await readIfPresent(place.portFile)) || 0;
  const port = (stored && (await bindablePort(stored))) || (await bindablePort(0));
  if (!port) throw new LauncherError("No free port on 127.0.0.1 for the embedded PostgreSQL.");
  if (port !== stored) await writePrivateFile(place.portFile, `${port}\n`);
  return port;
}

function openLog(file: string): number {
  try {
    if (statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // no log yet
  }
  return openSync(file, "a", 0o600);
}

function spawnPostgres(place: Place, port: number): ChildProcess {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    fsync: "on",
    // Fewer checkpoints, and so fewer whole pages in the log of changes; recovery after a crash stays below a minute.
    max_wal_size: "2GB",
    synchronous_commit: "on",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command = place.binaries.postgres, ...words] = [
    ...place.identity.prefix,
    place.binaries.postgres,
    "-D",
    place.pgdata,
    ...args,
  ];
  const log = openLog(place.logFile);
  try {
    // Its own process group: Ctrl-C in a terminal must reach us first, so that attempts can finish.
    return spawn(command, words, {
      ...place.identity.spawnAs,
      cwd: "/",
      env: POSTGRES_ENV,
      detached: true,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function lastLogLines(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-2).join(" | ");
}

async function startOnce(place: Place, port: number): Promise<number | undefined> {
  const child = spawnPostgres(place, port);
  let ended = false;
  child.once("error", () => {
    ended = true;
  });
  child.once("exit", () => {
    ended = true;
  });
  child.unref();
  const answer = await waitUntil(
    async () => ended || (await probe(place, port)) === "ready",
    START_TIMEOUT_MS,
  );
  if (ended || child.pid === undefined) return undefined;
  if (answer) return child.pid;
  await stopPostmaster(child.pid);
  throw new LauncherError(`PostgreSQL did not become ready within 60 s; see ${place.logFile}.`);
}

async function start(place: Place): Promise<Postmaster> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await endOrphanedBackends(place.pgdata);
    const port = await choosePort(place);
    const pid = await startOnce(place, port);
    if (pid !== undefined) return { pid, port };
  }
  throw new LauncherError(
    `PostgreSQL does not start: ${await lastLogLines(place.logFile)} (log: ${place.logFile})`,
  );
}

/** Takes over a running postmaster; ends one that never becomes ready and gives undefined. */
async function adopt(place: Place, log: (line: string) => void): Promise<Postmaster | undefined> {
  const found = await findPostmaster(place.pgdata);
  if (!found) return undefined;
  const outcome = await waitUntil(async () => {
    if (!isAlive(found.pid)) return "gone";
    return (await probe(place, found.port)) === "ready" && "ready";
  }, 30_000);
  if (outcome === "ready") {
    log(`adopted the PostgreSQL that was still running (pid ${found.pid})`);
    return found;
  }
  if (outcome !== "gone") {
    log(`replacing a PostgreSQL that does not answer (pid ${found.pid})`);
    await stopPostmaster(found.pid, 5_000);
  }
  return undefined;
}

async function ensureAppDatabase(place: Place, port: number): Promise<void> {
  const { admin, app } = place.credentials;
  const client = new Client({ connectionString: connectionUrl(ADMIN_ROLE, admin, port, "postgres") });
  await client.connect();
  try {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [APP_ROLE]);
    // The password is base64url, made by us: safe inside a literal, which these commands require.
    if (role.rowCount === 0) await client.query(`CREATE ROLE ${APP_ROLE} LOGIN PASSWORD '${app}'`);
    const database = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [APP_ROLE]);
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${APP_ROLE} OWNER ${APP_ROLE}`);
  } finally {
    await client.end();
  }
}

async function preparePlace(dataDir: string): Promise<Place> {
  prepareDataDir(dataDir);
  const pgdata = path.join(dataDir, "postgres");
  const present = await clusterExists(pgdata);
  const binaries = await findPostgresBinaries();
  const identity = choosePostgresIdentity(dataDir, binaries.postgres);
  const credentials = await loadCredentials(path.join(dataDir, "postgres-credentials.json"), present);
  if (!present) {
    rmSync(pgdata, { recursive: true, force: true });
    await initialiseCluster(pgdata, binaries.initdb, credentials.admin, identity);
  }
  const logFile = path.join(dataDir, "postgres.log");
  return { pgdata, logFile, portFile: path.join(dataDir, "postgres-port"), binaries, identity, credentials };
}

/** Starts it again on the same folder when it dies while we need it; returns a function that ends the watch. */
function keepRunning(place: Place, first: Postmaster, log: (line: string) => void) {
  let current = first;
  let leaving = false;
  let restarting: Promise<void> | undefined;
  const restart = async () => {
    log(`PostgreSQL (pid ${current.pid}) ended unexpectedly; starting it again`);
    try {
      current = await start(place);
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
    }
  };
  const timer = setInterval(() => {
    if (leaving || restarting || isAlive(current.pid)) return;
    restarting = restart().finally(() => {
      restarting = undefined;
    });
  }, 250);
  timer.unref();
  const leave = async () => {
    leaving = true;
    clearInterval(timer);
    await restarting;
  };
  return {
    current: () => current,
    leave,
    stop: async () => {
      await leave();
      await stopPostmaster(current.pid);
    },
  };
}

/**
 * Brings the embedded PostgreSQL up and gives its address. The caller holds the data folder's lock.
 * Throws LauncherError with one clear line for every expected trouble (folder, version, port, user).
 */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const log = options.log ?? (() => undefined);
  const place = await preparePlace(options.dataDir);
  const adopted = await adopt(place, log);
  if (!adopted) ensureOwner(place.pgdata, place.identity);
  const first = adopted ?? (await start(place));
  await ensureAppDatabase(place, first.port);
  const watch = keepRunning(place, first, log);
  const { admin, app } = place.credentials;
  return {
    port: first.port,
    get pid() {
      return watch.current().pid;
    },
    adopted: adopted !== undefined,
    url: (database = APP_ROLE) => connectionUrl(APP_ROLE, app, watch.current().port, database),
    adminUrl: (database = "postgres") => connectionUrl(ADMIN_ROLE, admin, watch.current().port, database),
    stop: watch.stop,
    leave: watch.leave,
    abandon: () => requestStop(watch.current().pid),
  };
}
