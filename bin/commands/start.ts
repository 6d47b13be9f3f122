// `signpost start` and `signpost dev`: one process that listens, owns the database, delivers, and shows the dashboard.
import { createServer } from "node:http";
import { setFlagsFromString } from "node:v8";
import { type AppRuntime, startAppRuntime } from "@/bin/app-runtime";
import { step } from "@/bin/bootstrap/steps.mjs";
import { type Instance, openInstance } from "@/bin/instance";
import { ROOT } from "@/bin/root";
import { type HttpServer, openHttpServer, type RequestHandler } from "@/bin/server";
import { onShutdown } from "@/bin/shutdown";
import { type Env, parseEnv } from "@/lib/server/env";
import { secureRequests } from "@/lib/server/http/secure-requests";
import { getRuntime, hasRuntime } from "@/lib/server/runtime";

/** Of the 30 s until the process ends: requests first, then attempts, the rest is for the database. */
const REQUESTS_DEADLINE_MS = 5_000;
const ATTEMPTS_DEADLINE_MS = 20_000;

/**
 * How much the heap may grow, in percent of what is in use, before the next full collection. Under load V8 takes up to four
 * times as much by itself: 490 MiB where 310 do (`npm run bench`). Read at each collection, so it may be set while running.
 */
const HEAP_GROWTH = "--heap-growing-percent=100";

export interface StartOptions {
  /** No dashboard and no management API: only ingest and health are answered. */
  readonly ingestOnly?: boolean;
  /** Hot reload of pages and routes; what the launcher itself bundles needs a restart. */
  readonly dev?: boolean;
  /** Runs first when the server stops, while everything still works. */
  readonly beforeStop?: () => Promise<void>;
}

export interface RunningServer {
  readonly address: string;
  readonly firstOwnerLink: string | undefined;
}

interface Parts {
  http?: HttpServer;
  instance?: Instance;
  runtime?: AppRuntime;
}

async function stopParts({ http, instance, runtime }: Parts): Promise<void> {
  // Live streams never end by themselves: waiting for them would use up the requests' time.
  if (hasRuntime()) getRuntime().bus.close();
  await http?.stop(REQUESTS_DEADLINE_MS);
  await runtime?.stop({ deadlineMs: ATTEMPTS_DEADLINE_MS });
  await instance?.close();
}

/** Next's own request handler, in this process. NODE_ENV must be set before Next and React are loaded. */
async function prepareNext(env: Env, dev: boolean, httpServer: HttpServer["node"]): Promise<RequestHandler> {
  const { default: next } = await import("next");
  // Next takes over upgrades on the server it is given and leaves unknown ones open for ever; only hot reload needs them.
  const upgrades = dev ? httpServer : createServer();
  const app = next({ dev, dir: ROOT, hostname: "localhost", port: env.port, httpServer: upgrades });
  await app.prepare();
  const handle = app.getRequestHandler();
  return async (request, response) => {
    await handle(request, response);
  };
}

/** In place of Next: additional instances that only take events in and deliver them need no pages. */
function withoutPages(runtime: AppRuntime): RequestHandler {
  return async (request, response) => {
    const live = request.url === "/api/health/live";
    const ready = request.url === "/api/health/ready";
    const status = live || (ready && (await runtime.isReady())) ? 200 : ready ? 503 : 404;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ status: status === 200 ? "ok" : ready ? "unavailable" : "not found" }));
  };
}

async function startParts(parts: Parts, env: Env, options: StartOptions): Promise<RunningServer> {
  parts.instance = await openInstance("server", {
    // After the lock ("already runs" says more than "port in use"), before the slow steps.
    whenLocked: async () => {
      parts.http = await openHttpServer(env.port, env.host);
    },
  });
  const { http } = parts;
  if (!http) throw new Error("the instance was opened without its lock");
  const running = parts.instance.env;
  Object.assign(process.env, { NEXTAUTH_URL: running.publicUrl, PORT: String(running.port) });
  // Loading Next blocks this process for seconds: before deliveries start, whose timeouts would run out.
  const pages = options.ingestOnly
    ? undefined
    : await step("Loading the dashboard", () => prepareNext(running, options.dev === true, http.node));
  const runtime = await step("Starting deliveries", () => startAppRuntime(running, http.ownAddress));
  parts.runtime = runtime;
  const { publicUrl, trustedProxies } = running;
  const dev = options.dev === true;
  const secured = secureRequests(pages ?? withoutPages(runtime), { publicUrl, trustedProxies, dev });
  http.serve(async (request, response) => {
    if (!(await runtime.handleIngest(request, response))) await secured(request, response);
  });
  const firstOwnerLink = options.ingestOnly ? undefined : await runtime.firstOwnerLink();
  return { address: running.publicUrl, firstOwnerLink };
}

/**
 * A rejection that nobody handles is logged, not fatal: it belongs to one request or attempt, and ending the process
 * would end all others. After an exception the state is unknown: the process ends, the database cleanly.
 */
function surviveDefects(parts: Parts): void {
  process.on("unhandledRejection", (reason) => {
    if (hasRuntime()) getRuntime().logger.error({ err: reason }, "a rejected promise was not handled");
    else console.error(reason);
  });
  process.on("uncaughtException", (error) => {
    console.error(error);
    parts.instance?.abandon();
    process.exit(1);
  });
}

/** Starts everything and returns when requests are answered; stops by itself on a signal. */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  setFlagsFromString(HEAP_GROWTH);
  const NODE_ENV = options.dev ? "development" : "production";
  Object.assign(process.env, { NODE_ENV, NEXT_TELEMETRY_DISABLED: "1" });
  const env = parseEnv(process.env);
  const parts: Parts = {};
  surviveDefects(parts);
  onShutdown(
    async () => {
      await options.beforeStop?.();
      await stopParts(parts);
    },
    () => parts.instance?.abandon(),
  );
  try {
    return await startParts(parts, env, options);
  } catch (error) {
    await stopParts(parts);
    throw error;
  }
}

/** The command: starts, then prints the address and, on a new instance, the link for its first owner. */
export async function start(options: StartOptions = {}): Promise<void> {
  const { address, firstOwnerLink } = await startServer(options);
  console.log(`Signpost is ready: ${address}`);
  if (address.startsWith("https:") && parseEnv(process.env).trustedProxies.length === 0) {
    console.warn(
      "SIGNPOST_TRUSTED_PROXIES is not set: behind a proxy all callers share one address, and so one sign-in limit.",
    );
  }
  if (firstOwnerLink) console.log(`Create the first owner (this link works once): ${firstOwnerLink}`);
}
