// A process that runs the test functions: on the embedded executor, or behind HTTP for an Inngest server. The test
// starts it, talks to it over the IPC channel and kills it.
import { createServer, type IncomingMessage } from "node:http";
import pg from "pg";
import { createClient } from "@/inngest/client";
import { startEmbeddedExecutor } from "@/inngest/embedded/executor";
import { createServeRoute, registerFunctions } from "@/inngest/serve";
import { type AlertAppConfig, createAlertFunctions } from "@/tests/engine/support/alert-functions";
import { createTestFunctions } from "@/tests/engine/support/test-functions";

export type AppConfig = {
  engine: "embedded" | "inngest";
  appId: string;
  folder: string;
  connectionString: string;
  /** 0 lets the system choose. */
  port: number;
  /** The real functions about health and alerts, instead of the small ones. */
  alerts: AlertAppConfig | null;
};

export type ToApp = { send: { id?: string; name: string; data: Record<string, unknown> }[] };
export type FromApp = { ready: { port: number } } | { sent: true } | { failed: string };

const config: AppConfig = JSON.parse(process.env.ENGINE_TEST_APP ?? "{}");
const client = createClient(config.engine, config.appId);
const functions = config.alerts
  ? createAlertFunctions(client, config.folder, config.connectionString, config.alerts)
  : createTestFunctions(client, config.folder);
const tell = (message: FromApp) => process.send?.(message);
const log = (fields: object, message: string) => console.error(message, fields);

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function startEmbedded(): Promise<number> {
  const pool = new pg.Pool({ connectionString: config.connectionString, max: 4 });
  await startEmbeddedExecutor({
    pool,
    client,
    functions,
    logger: { info: () => undefined, error: log },
    leaseMs: 3_000,
    pollMs: 200,
    backoff: () => 500,
  });
  return 0;
}

async function startHttp(): Promise<number> {
  const route = createServeRoute({ client, functions, env: process.env });
  const server = createServer(async (incoming, outgoing) => {
    const method = incoming.method === "PUT" ? "PUT" : incoming.method === "POST" ? "POST" : "GET";
    const body = method === "GET" ? null : await readBody(incoming);
    const headers = new Headers(incoming.headers as Record<string, string>);
    const request = new Request(`http://127.0.0.1${incoming.url}`, { method, headers, body });
    const response = await route[method](request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
  await new Promise<void>((resolve) => server.listen(config.port, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const registered = await registerFunctions({ client, functions }, `http://127.0.0.1:${port}`);
  if (registered.outcome === "failed") throw new Error(`not registered: ${registered.message}`);
  return port;
}

process.on("message", (message: ToApp) => {
  client.send(message.send).then(
    () => tell({ sent: true }),
    (error: unknown) => tell({ failed: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));

const start = config.engine === "embedded" ? startEmbedded : startHttp;
start().then(
  (port) => tell({ ready: { port } }),
  (error: unknown) => tell({ failed: String(error) }),
);
