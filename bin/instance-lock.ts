// One process at a time owns a data folder (and may start or stop its database). The lock is a file that
// names its holder by pid and start time, so that one left by a crash is recognised and taken over.
import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, startMark } from "@/bin/process-table";
import { waitUntil } from "@/bin/wait-until";

/** `server` holds the folder for as long as it runs; `command` only for moments. */
export type LockPurpose = "server" | "command";

export interface LockHolder {
  readonly pid: number;
  readonly mark: string;
  readonly purpose: LockPurpose;
}

export interface InstanceLock {
  release(): void;
}

export type LockResult =
  | { readonly outcome: "locked"; readonly lock: InstanceLock }
  | { readonly outcome: "held"; readonly holder: LockHolder };

function readHolder(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LockHolder;
  } catch {
    return undefined;
  }
}

const isCurrent = (holder: LockHolder) => isAlive(holder.pid) && startMark(holder.pid) === holder.mark;
const isSame = (a: LockHolder | undefined, b: LockHolder | undefined) =>
  a?.pid === b?.pid && a?.mark === b?.mark;

/** Removes a dead holder's file, unless somebody else has just done so and put a living one there. */
function clearStale(file: string, stale: LockHolder | undefined): void {
  const aside = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(file, aside);
    if (!isSame(readHolder(aside), stale)) linkSync(aside, file);
  } catch {
    // gone, or taken again: the next round looks afresh
  } finally {
    rmSync(aside, { force: true });
  }
}

function tryLock(file: string, purpose: LockPurpose): LockResult {
  const me: LockHolder = { pid: process.pid, mark: startMark(process.pid), purpose };
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600 });
  try {
    for (let round = 0; round < 20; round += 1) {
      try {
        // A hard link appears with its content at once: nobody ever reads half a lock.
        linkSync(draft, file);
        const release = () => {
          if (isSame(readHolder(file), me)) rmSync(file, { force: true });
        };
        return { outcome: "locked", lock: { release } };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const holder = readHolder(file);
      if (holder && isCurrent(holder)) return { outcome: "held", holder };
      clearStale(file, holder);
    }
    throw new Error(`could not take the lock ${file}`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Takes the data folder for this process. A short command in the way is waited for (at most 60 s);
 * a running server is reported as `held`.
 */
export async function lockDataDir(dataDir: string, purpose: LockPurpose): Promise<LockResult> {
  const file = path.join(dataDir, "signpost.lock");
  let result = tryLock(file, purpose);
  await waitUntil(() => {
    if (result.outcome === "locked" || result.holder.purpose === "server") return true;
    result = tryLock(file, purpose);
    return result.outcome === "locked";
  }, 60_000);
  return result;
}
