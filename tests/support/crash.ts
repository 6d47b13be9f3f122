// Starts and kills worker processes for the crash tests.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { build } from "esbuild";

export type Failpoint = "none" | "before-send" | "after-send" | "after-commit" | "before-enqueue";

export type Worker = {
  url: string;
  /** Ends the process at once, as an out-of-memory kill or a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop and gives its exit code. */
  terminate(): Promise<number | null>;
  /** Resolves when the process has ended by itself. */
  ended: Promise<void>;
};

const ROOT = path.resolve(import.meta.dirname, "../..");
let bundle: Promise<string> | undefined;

/** The worker as one file: a restart must not spend its time on reading hundreds of sources. */
function bundledWorker(): Promise<string> {
  const outfile = path.join(ROOT, "node_modules/.cache/signpost/crash-worker.mjs");
  bundle ??= build({
    entryPoints: [path.join(import.meta.dirname, "crash-worker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "error",
  }).then(() => outfile);
  return bundle;
}

/** A worker over the database; resolves when it listens. */
export async function startWorker(options: {
  connectionString: string;
  encryptionKey: Buffer;
  failpoint?: Failpoint;
}): Promise<Worker> {
  const child: ChildProcess = fork(await bundledWorker(), [], {
    env: {
      ...process.env,
      DATABASE_URL: options.connectionString,
      ENCRYPTION_KEY: options.encryptionKey.toString("base64"),
      FAILPOINT: options.failpoint ?? "none",
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const started = once(child, "message") as Promise<[{ port: number }]>;
  const first = await Promise.race([
    started,
    exited.then(([code]) => Promise.reject(new Error(`worker ended: ${code}`))),
  ]);
  return {
    url: `http://127.0.0.1:${first[0].port}`,
    ended: exited.then(() => undefined),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async terminate() {
      child.kill("SIGTERM");
      return (await exited)[0];
    },
  };
}
