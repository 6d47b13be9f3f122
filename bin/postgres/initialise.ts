// Makes a new PostgreSQL data folder, completely or not at all, and recognises folders we cannot open.
import { spawn } from "node:child_process";
import { chownSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { readIfPresent, writePrivateFile } from "@/bin/data-dir";
import { LauncherError } from "@/bin/launcher-error";
import { ADMIN_ROLE } from "@/bin/postgres/credentials";
import type { PostgresIdentity } from "@/bin/postgres/os-identity";

/** PostgreSQL's data format changes with each major version; the npm package's major is this one. */
export const POSTGRES_MAJOR = "18";

/** PostgreSQL gets none of our environment: no secret of ours is readable through /proc of its processes. */
export const POSTGRES_ENV = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: "production", // means nothing to PostgreSQL; Next's types want it in every environment
} as const;

/** Whether `pgdata` holds a cluster. Throws one line when it is of another major version. */
export async function clusterExists(pgdata: string): Promise<boolean> {
  const version = (await readIfPresent(path.join(pgdata, "PG_VERSION")))?.trim();
  if (version === undefined) return false;
  if (version === POSTGRES_MAJOR) return true;
  throw new LauncherError(
    `The data folder ${pgdata} was written by PostgreSQL ${version}, this version of Signpost runs ${POSTGRES_MAJOR}; dump and restore it, or set SIGNPOST_DATA_DIR to another folder.`,
  );
}

/** Hands the files to the user PostgreSQL runs as, when they belong to another (moved folder, other rights). */
export function ensureOwner(target: string, identity: PostgresIdentity): void {
  const { owner } = identity;
  if (!owner || statSync(target).uid === owner.uid) return;
  const visit = (file: string): void => {
    const isFolder = lstatSync(file).isDirectory();
    if (isFolder) for (const name of readdirSync(file)) visit(path.join(file, name));
    chownSync(file, owner.uid, owner.gid);
  };
  visit(target);
}

function run(
  command: string,
  args: readonly string[],
  options: PostgresIdentity["spawnAs"],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      cwd: "/",
      env: POSTGRES_ENV,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve(output);
      reject(new LauncherError(`initdb failed: ${output.trim().split("\n").slice(-3).join(" | ")}`));
    });
  });
}

/** Runs initdb in a neighbouring folder and renames it: a killed first start leaves nothing half-made behind. */
export async function initialiseCluster(
  pgdata: string,
  initdb: string,
  password: string,
  identity: PostgresIdentity,
): Promise<void> {
  const draft = `${pgdata}.new`;
  const passwordFile = `${pgdata}.pw`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  await writePrivateFile(passwordFile, password);
  for (const file of [draft, passwordFile]) ensureOwner(file, identity);
  const args = [
    `--pgdata=${draft}`,
    `--username=${ADMIN_ROLE}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  try {
    const [command = initdb, ...words] = [...identity.prefix, initdb, ...args];
    await run(command, words, identity.spawnAs);
    renameSync(draft, pgdata);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}
