// Opens what every command needs: a validated environment, the data folder's lock, keys, and a database
// that is up and migrated. Closing gives all of it back in the opposite order.
import { step } from "@/bin/bootstrap/steps.mjs";
import { prepareDataDir } from "@/bin/data-dir";
import { checkDatabase } from "@/bin/database-check";
import { provideKeys } from "@/bin/instance-keys";
import { type LockPurpose, lockDataDir } from "@/bin/instance-lock";
import { checkEncryptionKeys } from "@/bin/key-check";
import { LauncherError } from "@/bin/launcher-error";
import { type Cluster, openCluster } from "@/bin/postgres/cluster";
import { MIGRATIONS_DIR } from "@/bin/root";
import { applyMigrations } from "@/lib/server/db/migrate";
import { type Env, parseEnv, parseRunningEnv, type RunningEnv } from "@/lib/server/env";

export interface Instance {
  readonly env: RunningEnv;
  /** Undefined when DATABASE_URL names the database. */
  readonly cluster: Cluster | undefined;
  /** Names of the migrations that were applied just now; none with `readOnly`. */
  readonly migrated: readonly string[];
  close(): Promise<void>;
  /** Tells the database to stop without waiting for it, when the process must end now. */
  abandon(): void;
}

/** One line about something unusual, between the steps. */
function note(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

/** Our own database, or the running server's: a command joins the server's PostgreSQL and leaves it running. */
async function openEmbedded(
  env: Env,
  owner: boolean,
): Promise<{ cluster: Cluster; close: () => Promise<void> }> {
  const cluster = await openCluster({ dataDir: env.dataDir, log: note });
  return { cluster, close: owner ? cluster.stop : cluster.leave };
}

async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const result = await applyMigrations({ connectionString: databaseUrl, dir: MIGRATIONS_DIR, log: note });
  if (result.outcome === "refused") throw new LauncherError(result.message);
  return result.applied;
}

async function takeLock(env: Env, purpose: LockPurpose): Promise<{ owner: boolean; release: () => void }> {
  const result = await lockDataDir(env.dataDir, purpose);
  if (result.outcome === "locked") return { owner: true, release: result.lock.release };
  if (purpose === "command" && result.holder.purpose === "server")
    return { owner: false, release: () => undefined };
  throw new LauncherError(
    `Signpost already runs on the data folder ${env.dataDir} (pid ${result.holder.pid}); stop it first, or set SIGNPOST_DATA_DIR.`,
  );
}

export interface OpenOptions {
  /** Leave the schema as it is, and do not compare the keys. */
  readonly readOnly?: boolean;
  /** Runs when the data folder is ours, before the database starts. */
  readonly whenLocked?: () => Promise<void>;
}

/**
 * Opens the instance for a server (exclusive) or a command (beside a running server, or alone), and writes
 * DATABASE_URL and the keys into `process.env` for everything that runs in this process.
 */
export async function openInstance(purpose: LockPurpose, options: OpenOptions = {}): Promise<Instance> {
  const given = parseEnv(process.env);
  prepareDataDir(given.dataDir);
  const { owner, release } = await takeLock(given, purpose);
  const closing: (() => Promise<void>)[] = [async () => release()];
  const close = async () => {
    for (const part of closing.splice(0).reverse()) await part();
  };
  try {
    await options.whenLocked?.();
    Object.assign(process.env, await provideKeys(given));
    let cluster: Cluster | undefined;
    if (given.databaseUrl) {
      const url = given.databaseUrl;
      await step("Connecting to the database", () => checkDatabase(url));
    } else {
      const embedded = await step("Starting the database", () => openEmbedded(given, owner));
      closing.push(embedded.close);
      cluster = embedded.cluster;
      process.env.DATABASE_URL = cluster.url();
    }
    const env = parseRunningEnv(process.env);
    const abandon = () => owner && cluster?.abandon();
    if (options.readOnly) return { env, cluster, migrated: [], close, abandon };
    const migrated = await step("Applying migrations", () => migrate(env.databaseUrl));
    await checkEncryptionKeys(env.databaseUrl, env.encryptionKeys);
    return { env, cluster, migrated, close, abandon };
  } catch (error) {
    await close();
    throw error;
  }
}
