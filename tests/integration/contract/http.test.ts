// Ingest on the launcher's bare HTTP path, which Next never sees: what goes over the wire is what the document says.
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleNodeIngest, ingestRouteOf } from "@/lib/server/http/node-ingest";
import { openContractContext, wireRequest } from "@/tests/support/contract/caller";
import { type Prepare, scopesOf } from "@/tests/support/contract/case";
import { eventCases } from "@/tests/support/contract/cases/events";
import {
  answerProblems,
  documentedOperation,
  nameOfAnswer,
  PUBLIC_URL,
} from "@/tests/support/contract/document";
import { refusalsOf } from "@/tests/support/contract/refusals";
import { openScene, type Scene } from "@/tests/support/contract/scene";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import type { TestContext } from "@/tests/support/service-context";

let database: TestDatabase;
let ctx: TestContext;
let server: Server;
let origin: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openContractContext(database.connectionString);
  server = createServer((request, response) => {
    const route = ingestRouteOf(request);
    if (route === null) response.writeHead(500).end();
    else void handleNodeIngest(ctx, route, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await ctx.stop();
  await database.drop();
});

/** The answer's name, and all that the document does not say about it. */
async function post(id: string, scene: Scene, prepare: Prepare, key?: string | null): Promise<string[]> {
  const request = await prepare(scene);
  const own = key === undefined ? (await scene.key(scopesOf(id))).key : key;
  const { address, headers, body } = wireRequest(id, request, own);
  const response = await fetch(address.replace(PUBLIC_URL, origin), { method: "POST", headers, body });
  const given = { status: response.status, headers: response.headers, text: await response.text() };
  return [nameOfAnswer(given), ...answerProblems(documentedOperation(id), given)];
}

describe.each(["createEvent", "createEventBatch"])("%s", (id) => {
  const { ready = () => ({}), also = {} } = eventCases[id] ?? {};
  const ways = Object.entries(also).flatMap(([answer, way]) =>
    Object.entries(typeof way === "function" ? { "": way } : way)
      // fetch itself refuses a header that is not Latin-1.
      .filter(([what]) => what !== "a bad key")
      .map(([what, prepare]): [string, string, Prepare] => [answer, what, prepare]),
  );

  it.each([["202", "as the examples show", ready] as [string, string, Prepare], ...ways])(
    "%s %s",
    async (answer, _, prepare) => {
      expect(await post(id, await openScene(ctx), prepare)).toEqual([answer]);
    },
  );

  it("refuses what has the wrong form", async () => {
    const scene = await openScene(ctx);
    const { key } = await scene.key(scopesOf(id));
    for (const { answer, what, request } of refusalsOf(documentedOperation(id))) {
      expect([what, ...(await post(id, scene, () => request, key))]).toEqual([what, answer]);
    }
  });

  it("asks for a key with its scope", async () => {
    const scene = await openScene(ctx);
    const { key } = await scene.key(["events:read"]);
    expect(await post(id, scene, () => ({}), null)).toEqual(["401 unauthenticated"]);
    expect(await post(id, scene, () => ({}), key)).toEqual(["403 forbidden"]);
  });
});
