// What the operating system says about other processes: alive, when started, where they work.
// A pid alone is no identity (it is reused after a crash or a reboot), hence the start mark.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Fields 3.. of /proc/<pid>/stat: state first, start time (in clock ticks since boot) at index 19. */
function procStat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

/** False for missing processes and for zombies, which nobody may ever reap in a container without an init. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return procStat(pid)?.[0] !== "Z";
}

/** Something that differs between two processes that got the same pid one after the other; "" when unknown. */
export function startMark(pid: number): string {
  if (process.platform === "linux") return procStat(pid)?.[19] ?? "";
  return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** True when the process works in `folder` (a real path); PostgreSQL's processes all work in their data folder. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform === "linux") {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder;
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return stdout?.includes(folder) ?? false;
}

/** Pids of all processes that work in `folder`; Linux only, elsewhere nothing. */
export function processesIn(folder: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && worksIn(pid, folder) && isAlive(pid));
}
