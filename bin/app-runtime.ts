// Where the launcher meets the application: starts the runtime and the engine, finds the ingest fast path.
import type { IncomingMessage, ServerResponse } from "node:http";
import pg from "pg";
import { LauncherError } from "@/bin/launcher-error";
import { inngest } from "@/inngest/client";
import { startEmbeddedExecutor } from "@/inngest/embedded/executor";
import { functions } from "@/inngest/functions";
import { assertEngineEnv, engineMode } from "@/inngest/mode";
import { registerWithInngest } from "@/inngest/register";
import type { RunningEnv } from "@/lib/server/env";
import { handleNodeIngest, ingestRouteOf } from "@/lib/server/http/node-ingest";
import { checkReadiness } from "@/lib/server/services/check-readiness";
import { createSetupLink } from "@/lib/server/services/setup-link";
import { startRuntime } from "@/lib/server/start-runtime";

/** An Inngest server that is not there yet is told again this often. */
const REGISTER_EVERY_MS = 5_000;
/** A server that lost its state knows no functions: it is told again, although nothing may have changed. */
const REGISTER_AGAIN_MS = 5 * 60_000;
const ENGINE_CONNECTIONS = 4;

export interface AppRuntime {
  /** Answers ingest requests without Next; false = not one of its routes. */
  handleIngest(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  /** One-time link for the first owner; undefined when there is one already. */
  firstOwnerLink(): Promise<string | undefined>;
  /** True when the database answers. */
  isReady(): Promise<boolean>;
  /** Lets attempts in flight finish or releases them, and closes everything. */
  stop(options: { deadlineMs: number }): Promise<void>;
}

type Stoppable = { stop(graceMs: number): Promise<void> };

function isLoopback(publicUrl: string, host: string | undefined): boolean {
  return host === undefined && ["localhost", "127.0.0.1", "[::1]"].includes(new URL(publicUrl).hostname);
}

/** A development server is taken by an instance that only this machine can reach; anywhere else it would be a hole. */
function checkEngine(env: RunningEnv): void {
  const mode = isLoopback(env.publicUrl, env.host) ? "development" : "production";
  try {
    assertEngineEnv({ ...process.env, NODE_ENV: mode });
  } catch (error) {
    throw new LauncherError(error instanceof Error ? error.message : String(error), 2);
  }
}

async function startEmbeddedEngine(
  env: RunningEnv,
  logger: ReturnType<typeof startRuntime>["logger"],
): Promise<Stoppable> {
  const pool = new pg.Pool({
    connectionString: env.databaseUrl,
    max: ENGINE_CONNECTIONS,
    application_name: "signpost-engine",
  });
  pool.on("error", (error) => logger.warn({ err: error }, "a database connection of the engine was lost"));
  const executor = await startEmbeddedExecutor({ pool, client: inngest, functions, logger });
  return {
    async stop(graceMs) {
      await executor.stop(graceMs);
      await pool.end();
    },
  };
}

function keepRegistered(env: RunningEnv, logger: ReturnType<typeof startRuntime>["logger"]): Stoppable {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let known = false;
  const register = async () => {
    const result = await registerWithInngest({ appUrl: env.publicUrl });
    const registered = result.outcome === "registered";
    if (!registered)
      logger.warn({ reason: result.message }, "the Inngest server has not taken the functions yet");
    else if (!known) logger.info("functions are registered with the Inngest server");
    known = registered;
    if (!stopped)
      timer = setTimeout(() => void register(), registered ? REGISTER_AGAIN_MS : REGISTER_EVERY_MS);
  };
  // The server calls back while it registers, so this must not wait for it before requests are served.
  timer = setTimeout(() => void register(), 0);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Starts what works in the background (attempts, engine, live log) and gives the launcher's handles to it.
 * `ownAddress` is where this process reaches its own server.
 */
export async function startAppRuntime(env: RunningEnv, ownAddress: string): Promise<AppRuntime> {
  checkEngine(env);
  const runtime = startRuntime(env, ownAddress);
  const engine =
    engineMode(process.env) === "embedded"
      ? await startEmbeddedEngine(env, runtime.logger)
      : keepRegistered(env, runtime.logger);
  return {
    async handleIngest(request, response) {
      const route = ingestRouteOf(request);
      if (route === null) return false;
      await handleNodeIngest(runtime, route, request, response);
      return true;
    },
    firstOwnerLink: () => createSetupLink(runtime),
    isReady: () => checkReadiness(runtime),
    async stop({ deadlineMs }) {
      // The engine first: its steps record their attempts through the runtime.
      const end = performance.now() + deadlineMs;
      await engine.stop(deadlineMs / 2);
      await runtime.stop({ deadlineMs: Math.max(0, end - performance.now()) });
    },
  };
}
