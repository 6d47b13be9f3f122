// Decides which operating-system user runs PostgreSQL, which refuses to run as root.
// Ordinary user: nothing to do. Root: the `postgres` user (created when missing), which must be able to
// reach the programs and the data folder; when it cannot (a clone below /root), a user namespace helps.
import { spawnSync } from "node:child_process";
import { LauncherError } from "@/bin/launcher-error";

const USER = "postgres";

export interface PostgresIdentity {
  /** Owner of the database files; undefined when it is simply the current user. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Passed to spawn() so that the child is not root. */
  readonly spawnAs: { readonly uid?: number; readonly gid?: number };
  /** Words put before the program, e.g. to enter a user namespace. */
  readonly prefix: readonly string[];
}

function idOf(flag: "-u" | "-g", user: string): number | undefined {
  const { status, stdout } = spawnSync("id", [flag, user], { encoding: "utf8" });
  return status === 0 ? Number.parseInt(stdout, 10) : undefined;
}

function findUser(user: string): { uid: number; gid: number } | undefined {
  const uid = idOf("-u", user);
  const gid = idOf("-g", user);
  return uid && gid !== undefined ? { uid, gid } : undefined;
}

function createUser(): { uid: number; gid: number } | undefined {
  spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    USER,
  ]);
  return findUser(USER);
}

function canReach(identity: PostgresIdentity, folder: string, program: string): boolean {
  const [command = "sh", ...args] = [...identity.prefix, "sh"];
  const probe = spawnSync(command, [...args, "-c", 'cd "$1" && "$2" --version', "sh", folder, program], {
    ...identity.spawnAs,
    cwd: "/",
    stdio: "ignore",
  });
  return probe.status === 0;
}

/** True when this process is root and files must therefore be handed to another user. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user and group that PostgreSQL's files get when we are root; undefined otherwise. */
export function rootReplacement(): { uid: number; gid: number } | undefined {
  if (!runsAsRoot()) return undefined;
  const user = findUser(USER) ?? createUser() ?? findUser("nobody");
  if (!user)
    throw new LauncherError("PostgreSQL refuses to run as root, and no other user could be created.");
  return user;
}

/** How to start `program` with its data below `folder`. Throws one clear line when no way works. */
export function choosePostgresIdentity(folder: string, program: string): PostgresIdentity {
  const user = rootReplacement();
  if (!user) return { spawnAs: {}, prefix: [] };

  const plain: PostgresIdentity = { owner: user, spawnAs: user, prefix: [] };
  if (canReach(plain, folder, program)) return plain;

  // Inside the namespace the process is `postgres`; outside, for file permissions, it is still root.
  const namespaced: PostgresIdentity = {
    owner: { uid: 0, gid: 0 },
    spawnAs: {},
    prefix: ["unshare", "--user", `--map-user=${user.uid}`, `--map-group=${user.gid}`],
  };
  if (canReach(namespaced, folder, program)) return namespaced;

  throw new LauncherError(
    `PostgreSQL refuses to run as root, and the user "${USER}" cannot reach ${folder} or ${program}; run as another user, move the folder, or set DATABASE_URL.`,
  );
}
