// The Inbox of a server that listens on one address only: what start-up wires together, from event to verdict.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bindablePort } from "@/bin/free-port";
import { type HttpServer, openHttpServer } from "@/bin/server";
import { parseRunningEnv } from "@/lib/server/env";
import { receiveAtInbox } from "@/lib/server/http/with-inbox-sender";
import type { Runtime } from "@/lib/server/runtime";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";
import { listInboxMessages } from "@/lib/server/services/inbox/list-inbox-messages";
import { ingestEvent } from "@/lib/server/services/ingest-events";
import { startRuntime } from "@/lib/server/start-runtime";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { createTestWorkspace } from "@/tests/support/workspace";
import { eventually } from "@/tests/support/world";

/** Not the address that everything else here listens on. */
const HOST = "127.0.0.2";

let database: TestDatabase;
let http: HttpServer;
let runtime: Runtime;

/** In place of Next: the inbox's route and nothing else. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://x");
  const given = await receiveAtInbox(
    new Request(`http://x${request.url}`, {
      method: request.method,
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      body: await buffer(request),
    }),
    { params: Promise.resolve({ token: pathname.replace("/inbox/", "") }) },
  );
  response.writeHead(given.status).end(await given.text());
}

beforeEach(async () => {
  database = await createTestDatabase();
  const port = (await bindablePort(0, HOST)) ?? 0;
  const env = parseRunningEnv({
    PORT: String(port),
    SIGNPOST_HOST: HOST,
    SIGNPOST_URL: "https://hooks.example.com",
    SIGNPOST_LOG_LEVEL: "silent",
    DATABASE_URL: database.connectionString,
    SIGNPOST_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
  });
  http = await openHttpServer(env.port, env.host);
  http.serve(answer);
  runtime = startRuntime(env, http.ownAddress);
});

afterEach(async () => {
  await http.stop(1_000);
  await runtime.stop({ deadlineMs: 5_000 });
  await database.drop();
});

it("gets what is delivered to it, under the public address, and verifies it", async () => {
  const owner = (await createTestWorkspace(runtime)).user("owner");
  const { url } = await getInbox(runtime, owner);
  const endpoint = await createEndpoint(runtime, owner, { url, event_types: ["*"] });
  await ingestEvent(runtime, owner, Buffer.from('{"type":"order.paid","data":1}'), null);
  const [message] = await eventually(async () => {
    const { data } = await listInboxMessages(runtime, owner, { limit: 1 });
    return data.length > 0 && data;
  });
  expect(url).toMatch(/^https:\/\/hooks\.example\.com\/inbox\//);
  expect(message?.verification).toMatchObject({ outcome: "verified", endpoint_id: endpoint.id });
});
