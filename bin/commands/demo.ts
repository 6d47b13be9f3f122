// `signpost demo`: a server with a data folder of its own, filled and kept busy by prisma/seed/demo.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { step } from "@/bin/bootstrap/steps.mjs";
import { startServer } from "@/bin/commands/start";
import { readIfPresent, writePrivateFile } from "@/bin/data-dir";
import { LauncherError } from "@/bin/launcher-error";
import { printError } from "@/bin/output";
import { type Env, parseEnv } from "@/lib/server/env";
import { getRuntime } from "@/lib/server/runtime";
import type { KeyStore } from "@/prisma/seed/api-keys";
import { type RunningDemo, runDemo } from "@/prisma/seed/demo";

const EMAIL = "demo@example.com";

/** For this process only: the demo's receivers are on this machine, and its retries are no news on a terminal. */
const DEFAULTS = {
  SIGNPOST_DATA_DIR: ".signpost-demo",
  SIGNPOST_ALLOWED_TARGETS: "127.0.0.0/8",
  SIGNPOST_LOG_LEVEL: "warn",
};

/** An empty value counts as unset, as everywhere: it must not lead to the folder with the real data. */
function prepareEnv(): Env {
  for (const [name, value] of Object.entries(DEFAULTS)) process.env[name] ||= value;
  if (process.env.DATABASE_URL) {
    console.error("The demo leaves the database of DATABASE_URL alone and uses one of its own.");
    delete process.env.DATABASE_URL;
  }
  return parseEnv(process.env);
}

/** Small secrets of the demo in its data folder, readable by their owner only. */
function createStore(dataDir: string): KeyStore {
  const fileOf = (name: string) => path.join(dataDir, name);
  return {
    read: async (name) => (await readIfPresent(fileOf(name)))?.trim() || undefined,
    write: (name, value) => writePrivateFile(fileOf(name), `${value}\n`),
  };
}

async function passwordFrom(store: KeyStore): Promise<string> {
  const kept = await store.read("demo-password");
  if (kept !== undefined) return kept;
  const made = randomBytes(12).toString("base64url");
  await store.write("demo-password", made);
  return made;
}

/** Ends the server in its orderly way, but with the exit code of a failure. */
function endAfter(error: unknown): void {
  const code = printError({}, error);
  process.once("exit", () => {
    process.exitCode = code;
  });
  process.kill(process.pid, "SIGTERM");
}

async function fillAndRun(env: Env, address: string): Promise<RunningDemo> {
  const store = createStore(env.dataDir);
  const owner = { email: EMAIL, password: await passwordFrom(store) };
  const ended = (why: string) =>
    console.log(`The demo's traffic has ended: ${why}. Start it again for more.`);
  const running = await step("Filling the demo", () =>
    runDemo({ ctx: getRuntime(), owner, port: env.port, keys: store, ended }),
  );
  if (running === null) {
    throw new LauncherError(
      `The data folder ${env.dataDir} belongs to somebody: set SIGNPOST_DATA_DIR to an empty one for the demo.`,
    );
  }
  console.log(`Signpost's demo is ready: ${address}`);
  console.log(`Sign in as ${owner.email} with the password ${owner.password}`);
  console.log(
    `About one event a second (less after ten minutes) goes to ${running.endpoints} endpoints, healthy, flaky and dead.\n` +
      "Ctrl-C stops everything.",
  );
  return running;
}

/** Starts the server and the demo; the traffic stops first, while the receivers still answer what is in flight. */
export async function demo(): Promise<void> {
  const env = prepareEnv();
  let running: RunningDemo | undefined;
  let stopping = false;
  const { address } = await startServer({
    async beforeStop() {
      stopping = true;
      await running?.stop();
    },
  });
  try {
    running = await fillAndRun(env, address);
    // A signal that came while it was being filled: the server is stopping already.
    if (stopping) await running.stop();
  } catch (error) {
    if (!stopping) endAfter(error);
  }
}
