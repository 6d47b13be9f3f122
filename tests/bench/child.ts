// Child processes of the benchmark: the sink, producers and the product itself, each with the cores to share.
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** USER_HZ, which Linux fixes at 100 for what it shows to programs. */
const TICKS_PER_SECOND = 100;
const TSX = ["--import", "tsx"];

/** Starts a TypeScript file of this folder with an IPC channel. */
export function startChild(file: string): ChildProcess {
  return fork(path.join(import.meta.dirname, file), [], {
    execArgv: TSX,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** Sends a message and resolves with the next answer; rejects when the child says so or dies. */
export async function ask<T>(child: ChildProcess, message: object): Promise<T> {
  const answer = once(child, "message");
  child.send(message);
  const [value] = (await answer) as [T & { error?: string }];
  if (typeof value === "object" && value !== null && value.error !== undefined) throw new Error(value.error);
  return value;
}

export type Product = { pid: number; origin: string; stop(): Promise<void> };

/** Starts the product as `npm start` does and resolves when it answers. */
export async function startProduct(
  root: string,
  env: Record<string, string>,
  args: readonly string[],
): Promise<Product> {
  const child = spawn(process.execPath, ["bin/signpost.mjs", "start", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("is ready")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the product ended with ${code}:\n${output}`)));
  });
  child.removeAllListeners("exit");
  return {
    pid: child.pid ?? 0,
    origin: `http://127.0.0.1:${env.PORT}`,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${candidate}/status`, "utf8"))?.[1]) === pid;
      } catch {
        return false;
      }
    });
}

/** CPU seconds that a process has used, and with `descendants` those of all its running descendants as well. */
export function cpuSeconds(pid: number, descendants = false): number {
  // The name stands in brackets and may contain spaces; what follows has fixed places (proc(5): utime 14, stime 15).
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const own = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  return descendants ? childrenOf(pid).reduce((sum, child) => sum + cpuSeconds(child, true), own) : own;
}

/** Proportional memory (PSS: shared pages are counted once) of a process and all its descendants, in MiB. */
export function memoryOfTree(pid: number): number {
  const own = (() => {
    try {
      return (
        Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024
      );
    } catch {
      return 0;
    }
  })();
  return childrenOf(pid).reduce((sum, child) => sum + memoryOfTree(child), own);
}
