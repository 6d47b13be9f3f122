// `signpost dev`: the same database and keys as `start`, with Next's development server as a child.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { openInstance } from "@/bin/instance";
import { isAlive } from "@/bin/process-table";
import { ROOT } from "@/bin/root";
import { onShutdown } from "@/bin/shutdown";

/** Runs until a signal comes or the development server ends by itself. */
export async function dev(): Promise<void> {
  const instance = await openInstance("server");
  const { env } = instance;
  const next = path.join(ROOT, "node_modules/next/dist/bin/next");
  const child = spawn(process.execPath, [next, "dev", "--port", String(env.port)], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "development", NEXTAUTH_URL: env.publicUrl },
  });
  const ended = once(child, "exit");
  onShutdown(
    async () => {
      if (child.pid && isAlive(child.pid)) child.kill("SIGTERM");
      await ended;
      await instance.close();
    },
    () => {
      child.kill("SIGKILL");
      instance.abandon();
    },
  );
  const [code] = await ended;
  await instance.close();
  process.exitCode = typeof code === "number" ? code : 0;
}
