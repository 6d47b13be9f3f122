// A process to be killed: the real instance, engine and ingest path over a given database, without pages. A failpoint
// named in FAILPOINT makes it kill itself with SIGKILL at one exact place, the first time it gets there.
import { createServer } from "node:http";
import pg from "pg";
import pino from "pino";
import { inngest } from "@/inngest/client";
import { startEmbeddedExecutor } from "@/inngest/embedded/executor";
import { functions } from "@/inngest/functions";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createInstance } from "@/lib/server/create-instance";
import { handleNodeIngest, ingestRouteOf } from "@/lib/server/http/node-ingest";
import { enqueueRetries } from "@/lib/server/jobs";
import { createOutbound, type Outbound } from "@/lib/server/outbound/send";
import { setRuntime } from "@/lib/server/runtime";

const { DATABASE_URL = "", ENCRYPTION_KEY = "", FAILPOINT = "none" } = process.env;
const die = () => process.kill(process.pid, "SIGKILL");

function withFailpoints(real: Outbound): Outbound {
  return {
    ...real,
    async send(request) {
      if (FAILPOINT === "before-send") die();
      const result = await real.send(request);
      if (FAILPOINT === "after-send") die();
      return result;
    },
  };
}

const { cidrs, hosts } = parseAllowedTargets("127.0.0.0/8");
const logger = pino({ level: process.env.TEST_LOG_LEVEL ?? "silent" });
const instance = createInstance({
  connectionString: DATABASE_URL,
  encryptionKeys: [Buffer.from(ENCRYPTION_KEY, "base64")],
  publicUrl: "http://localhost:3000",
  logger,
  mailer: null,
  inlineAttempts: true,
  outbound: withFailpoints(
    createOutbound({
      policy: { allowHttp: false, allowedCidrs: cidrs, allowedHosts: hosts, selfInbox: null },
    }),
  ),
  enqueueRetries: async (items, log) => {
    if (FAILPOINT === "before-enqueue") die();
    await enqueueRetries(items, log);
  },
});

if (FAILPOINT === "after-commit") {
  const { hot } = instance.ctx.db;
  const query = hot.query.bind(hot) as (config: { name?: string }) => Promise<unknown>;
  Object.assign(hot, {
    async query(config: { name?: string }) {
      const result = await query(config);
      if (config.name === "insert_events") die();
      return result;
    },
  });
}

setRuntime({ ...instance.ctx, stop: instance.stop });
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 4 });
pool.on("error", () => undefined);
const executor = await startEmbeddedExecutor({
  pool,
  client: inngest,
  functions,
  logger,
  pollMs: 200,
  leaseMs: 3_000,
});
instance.start();

const server = createServer((request, response) => {
  const route = ingestRouteOf(request);
  if (route === null) response.writeHead(404).end();
  else void handleNodeIngest(instance.ctx, route, request, response);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 });
});

process.once("SIGTERM", async () => {
  server.close();
  server.closeIdleConnections();
  await executor.stop(20_000);
  await instance.stop({ deadlineMs: 20_000 });
  await pool.end();
  process.exit(0);
});
