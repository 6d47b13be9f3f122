// Reads `postmaster.pid` and tells whether a PostgreSQL really runs on a data folder, and stops it.
// The file outlives a crash, and its pid may belong to another program by now.
import { rmSync } from "node:fs";
import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { isAlive, processesIn, worksIn } from "@/bin/process-table";
import { waitUntil } from "@/bin/wait-until";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The running postmaster of `pgdata`; undefined when there is none. Clears a pid file that names a stranger. */
export async function findPostmaster(pgdata: string): Promise<Postmaster | undefined> {
  const file = path.join(pgdata, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port)) return undefined;
  if (isAlive(pid) && worksIn(pid, await realpath(pgdata))) return { pid, port };
  // PostgreSQL only asks whether the pid exists, and would refuse to start because of a stranger or a zombie.
  rmSync(file, { force: true });
  return undefined;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks for a fast shutdown: sessions end, a checkpoint is written, no recovery is needed afterwards. */
export function requestStop(pid: number): void {
  signal(pid, "SIGINT");
}

/** Fast shutdown, then immediate, then SIGKILL. Resolves when it is gone. */
export async function stopPostmaster(pid: number, patienceMs = 20_000): Promise<void> {
  const gone = () => !isAlive(pid);
  requestStop(pid);
  if (await waitUntil(gone, patienceMs)) return;
  signal(pid, "SIGQUIT");
  if (await waitUntil(gone, 5_000)) return;
  signal(pid, "SIGKILL");
  await waitUntil(gone, 5_000);
}

/** Ends backends that outlived a killed postmaster: they hold its shared memory, which blocks a new start. */
export async function endOrphanedBackends(pgdata: string): Promise<void> {
  const folder = await realpath(pgdata);
  for (const pid of processesIn(folder)) signal(pid, "SIGKILL");
  await waitUntil(() => processesIn(folder).length === 0, 5_000);
}
