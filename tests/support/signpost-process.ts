// Runs the real launcher as a process of its own, with a private data folder and a free port.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bindablePort } from "@/bin/free-port";
import { findPostmaster, stopPostmaster } from "@/bin/postgres/postmaster";
import { isAlive } from "@/bin/process-table";
import { waitUntil } from "@/bin/wait-until";

const ROOT = path.resolve(import.meta.dirname, "../..");

export interface SignpostProcess {
  readonly child: ChildProcess;
  /** All of stdout and stderr so far. */
  output(): string;
  /** Resolves when `text` has been printed; fails with the output when the process ends first. */
  prints(text: string): Promise<void>;
  /** Exit code (or signal name) once the process has ended. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

export interface Workplace {
  readonly dataDir: string;
  readonly port: number;
  run(args: readonly string[], env?: Record<string, string>): SignpostProcess;
  /** Ends all processes started here and the database, and removes the folder. */
  clear(): Promise<void>;
}

/** Only what a fresh machine would have: no setting of the person who runs the tests leaks in. */
function cleanEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "TMPDIR", "LANG", "NEXT_DIST_DIR"];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function start(args: readonly string[], env: Record<string, string>): SignpostProcess {
  const child = spawn(process.execPath, [path.join(ROOT, "bin/signpost.mjs"), ...args], {
    cwd: ROOT,
    env: { ...cleanEnvironment(), ...env } as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const closed = once(child, "close");
  return {
    child,
    output: () => output,
    async prints(text) {
      await waitUntil(() => output.includes(text) || child.exitCode !== null, 60_000);
      if (!output.includes(text)) throw new Error(`never printed "${text}":\n${output}`);
    },
    async ended() {
      const [code, signal] = await closed;
      return code ?? signal;
    },
  };
}

/** A private data folder (not made yet) and port for one test. */
export async function createWorkplace(): Promise<Workplace> {
  const folder = mkdtempSync(path.join(tmpdir(), "signpost-cli-"));
  const dataDir = path.join(folder, "data");
  const port = (await bindablePort(0)) ?? 0;
  const started: SignpostProcess[] = [];
  return {
    dataDir,
    port,
    run(args, env = {}) {
      const one = start(args, { SIGNPOST_DATA_DIR: dataDir, PORT: String(port), ...env });
      started.push(one);
      return one;
    },
    async clear() {
      for (const { child } of started) if (child.pid && isAlive(child.pid)) child.kill("SIGKILL");
      const database = await findPostmaster(path.join(dataDir, "postgres"));
      if (database) await stopPostmaster(database.pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
