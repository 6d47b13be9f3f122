// `signpost demo`: a server with a data folder of its own, filled and kept busy by prisma/seed/demo.
import path from "node:path";
import { startServer } from "@/bin/commands/start";
import { loadOrMakeSecret } from "@/bin/instance-keys";
import { parseEnv } from "@/lib/server/env";
import { getRuntime } from "@/lib/server/runtime";
import { type RunningDemo, runDemo } from "@/prisma/seed/demo";

const EMAIL = "demo@example.com";

/** Demo receivers live on this machine, which only a demo may deliver to by default. */
const DEFAULTS = {
  SIGNPOST_DATA_DIR: ".signpost-demo",
  SIGNPOST_ALLOWED_TARGETS: "127.0.0.0/8,::1",
  SIGNPOST_ALLOW_HTTP: "1",
};

/** Starts the server and the demo; the demo stops first, so that its receivers still answer while attempts finish. */
export async function demo(): Promise<void> {
  Object.assign(process.env, { ...DEFAULTS, ...process.env });
  let running: RunningDemo | undefined;
  const { address } = await startServer({ beforeStop: async () => running?.stop() });
  const { dataDir } = parseEnv(process.env);
  const password = await loadOrMakeSecret(path.join(dataDir, "demo-password"), 15);
  running = await runDemo({ baseUrl: address, ctx: getRuntime(), owner: { email: EMAIL, password } });
  console.log(`Signpost's demo is ready: ${address}`);
  console.log(`Sign in as ${EMAIL} with the password ${password}`);
}
