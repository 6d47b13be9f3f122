import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MAX_EVENT_BODY_BYTES } from "@/lib/contracts/events";
import type { ProblemDto } from "@/lib/contracts/problem";
import { handleNodeIngest, ingestRouteOf } from "@/lib/server/http/node-ingest";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { revokeApiKey } from "@/lib/server/services/revoke-api-key";
import { createTestContext, type TestContext } from "../support/context";

type Answer = {
  status: number;
  body: ProblemDto & { id: string; deliveries: number; data: { id: string }[] };
  headers: Headers;
};

describe("POST /api/v1/events", () => {
  let test: TestContext;
  let server: Server;
  let origin = "";
  let key = "";
  let sandboxKey = "";

  beforeAll(async () => {
    test = await createTestContext({ inlineAttempts: false });
    key = (await createApiKey(test.ctx, test.owner(), { name: "live", scopes: ["events:write"] })).key;
    const sandbox = test.owner(test.environments.sandbox);
    sandboxKey = (await createApiKey(test.ctx, sandbox, { name: "sandbox", scopes: ["events:write"] })).key;
    server = createServer((request, response) => {
      const route = ingestRouteOf(request);
      if (route === null) response.writeHead(404).end();
      else void handleNodeIngest(test.ctx, route, request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await test.close();
  });

  const counts = async () => {
    const { prisma } = test.ctx.db;
    return [await prisma.event.count(), await prisma.delivery.count(), await prisma.idempotencyKey.count()];
  };

  async function post(
    body: string | Buffer,
    headers: Record<string, string> = {},
    path = "/api/v1/events",
  ): Promise<Answer> {
    const response = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : new Uint8Array(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Answer["body"],
    };
  }

  const nested = (depth: number) => `{"type":"a.b","data":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const padded = (size: number) => {
    const head = '{"type":"a.b","data":"';
    return `${head}${"x".repeat(size - head.length - 2)}"}`;
  };

  it("answers 202 with the id and how many endpoints match, once the rows are there", async () => {
    const { body, status, headers } = await post(
      '{"type":"order.paid","data":{"n":1},"subject":"wallet-1","attributes":{"a":"b"}}',
    );
    expect(status).toBe(202);
    expect(body).toEqual({ id: expect.stringMatching(/^evt_/), deliveries: 0 });
    expect(headers.get("x-request-id")).toMatch(/^req_/);
    const row = await test.ctx.db.prisma.event.findFirst({ where: { id: body.id } });
    expect(row).toMatchObject({
      type: "order.paid",
      subject: "wallet-1",
      attributes: { a: "b" },
      environmentId: test.environments.live,
    });
    expect(Buffer.from(row?.data ?? []).toString()).toBe('{"n":1}');
  });

  it.each<[string, string | Buffer, number, string, string?]>([
    ["I-01 malformed JSON", '{"type":"a.b","data":', 400, "invalid_json"],
    ["I-01 an empty body", "", 400, "invalid_json"],
    ["P-11 a byte order mark", Buffer.from('\ufeff{"type":"a.b","data":1}'), 400, "invalid_json"],
    ["P-10 invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "invalid_utf8"],
    [
      "P-10 CESU-8",
      Buffer.from([...Buffer.from('{"type":"a.b","data":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]),
      400,
      "invalid_utf8",
    ],
    ["P-13 depth 129", nested(129), 400, "body_too_deep"],
    ["P-13 depth 100,000", nested(100_000), 400, "body_too_deep"],
    ["P-14 one byte too many", padded(MAX_EVENT_BODY_BYTES + 1), 413, "payload_too_large"],
    ["I-02 an unknown field", '{"type":"a.b","data":1,"role":"admin"}', 400, "invalid_request", "role"],
    ["I-02 __proto__", '{"type":"a.b","data":1,"__proto__":{}}', 400, "invalid_request", "__proto__"],
    ["I-01 no type", '{"data":1}', 400, "invalid_request", "type"],
    ["I-01 no data", '{"type":"a.b"}', 400, "invalid_request", "data"],
    ["I-03 an object for a scalar", '{"type":{"not":""},"data":1}', 400, "invalid_request", "type"],
    ["P-06 a member given twice", '{"type":"a.b","type":"c.d","data":1}', 400, "invalid_json"],
    ["P-20 a wildcard type", '{"type":"a.*","data":1}', 400, "invalid_request", "type"],
    ["P-20 a type with CR LF", '{"type":"a\\r\\nb","data":1}', 400, "invalid_request", "type"],
    [
      "P-20 a type of 257 characters",
      `{"type":"${"a".repeat(257)}","data":1}`,
      400,
      "invalid_request",
      "type",
    ],
    ["P-21 an id with a dot", '{"type":"a.b","data":1,"id":"a.b"}', 400, "invalid_request", "id"],
    ["P-21 an id with a space", '{"type":"a.b","data":1,"id":"a b"}', 400, "invalid_request", "id"],
    [
      "P-21 an id of 1 KB",
      `{"type":"a.b","data":1,"id":"${"a".repeat(1024)}"}`,
      400,
      "invalid_request",
      "id",
    ],
    [
      "I-23 a bad time",
      '{"type":"a.b","data":1,"timestamp":"2026-01-01T24:00:00Z"}',
      400,
      "invalid_request",
      "timestamp",
    ],
    [
      "I-24 a tenant with a control character",
      '{"type":"a.b","data":1,"tenant":"a\\u0000b"}',
      400,
      "invalid_request",
      "tenant",
    ],
    ["I-01 an array", "[]", 400, "invalid_json"],
  ])("%s is refused by name and writes nothing", async (_title, body, status, code, path) => {
    const before = await counts();
    const answer = await post(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.request_id).toMatch(/^req_/);
    if (path !== undefined) expect(answer.body.errors?.map((error) => error.path)).toContain(path);
    expect(await counts()).toEqual(before);
  });

  it.each<[string, Record<string, string>, number]>([
    ["K-09 no key", { authorization: "" }, 401],
    ["K-09 an unknown key", { authorization: `Bearer sp_live_${"a".repeat(43)}` }, 401],
    ["K-10 Basic", { authorization: `Basic ${Buffer.from("a:b").toString("base64")}` }, 401],
    ["P-18 text/plain", { "content-type": "text/plain" }, 415],
    ["P-18 another charset", { "content-type": "application/json; charset=utf-16" }, 415],
    ["P-19 Content-Encoding: gzip", { "content-encoding": "gzip" }, 415],
    ["I-14 a key of 256 characters", { "idempotency-key": "k".repeat(256) }, 400],
  ])("%s is refused", async (_title, headers, status) => {
    const before = await counts();
    expect((await post('{"type":"a.b","data":1}', headers)).status).toBe(status);
    expect(await counts()).toEqual(before);
  });

  it("K-09 T-13 a revoked key and a key without the scope are refused", async () => {
    const revoked = await createApiKey(test.ctx, test.owner(), { name: "revoked", scopes: ["events:write"] });
    const bearer = { authorization: `Bearer ${revoked.key}` };
    expect((await post('{"type":"a.b","data":1}', bearer)).status).toBe(202);
    await revokeApiKey(test.ctx, test.owner(), revoked.id);
    expect((await post('{"type":"a.b","data":1}', bearer)).status).toBe(401);
    const reader = await createApiKey(test.ctx, test.owner(), { name: "reader", scopes: ["events:read"] });
    expect((await post('{"type":"a.b","data":1}', { authorization: `Bearer ${reader.key}` })).status).toBe(
      403,
    );
  });

  it("P-13 P-14 depth 128 and exactly the limit are taken", async () => {
    expect((await post(nested(128))).status).toBe(202);
    expect((await post(padded(MAX_EVENT_BODY_BYTES))).status).toBe(202);
  });

  it("P-14 50 MB is refused before it is read, with and without a Content-Length", async () => {
    const port = Number(new URL(origin).port);
    const head = `POST /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n`;
    const send = (extra: string, chunk: Buffer) =>
      new Promise<{ answer: string; written: number }>((resolve) => {
        let answer = "";
        let written = 0;
        const socket = connect(port, "127.0.0.1", () => {
          socket.write(`${head}${extra}\r\n`);
          const pump = () => {
            while (written < 50_000_000 && !socket.destroyed) {
              written += chunk.length;
              if (!socket.write(chunk)) return socket.once("drain", pump);
            }
          };
          pump();
        });
        socket.on("data", (data) => {
          answer += data.toString();
        });
        socket.on("error", () => undefined);
        socket.on("close", () => resolve({ answer, written }));
      });
    const declared = await send("content-length: 50000000\r\n", Buffer.alloc(65_536, 0x20));
    expect(declared.answer).toMatch(/^HTTP\/1.1 413 /);
    const chunk = Buffer.concat([Buffer.from("10000\r\n"), Buffer.alloc(65_536, 0x20), Buffer.from("\r\n")]);
    const chunked = await send("transfer-encoding: chunked\r\n", chunk);
    expect(chunked.answer).toMatch(/^HTTP\/1.1 413 /);
    expect(chunked.written).toBeLessThan(20_000_000);
  });

  it("I-10 two hundred parallel requests with one key make one event and get one answer", async () => {
    const [before = 0] = await counts();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => post('{"type":"idem.case","data":1}', { "idempotency-key": "same" })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await counts())[0]).toBe(before + 1);
  });

  it("I-11 the same key with another body is refused and writes nothing", async () => {
    await post('{"type":"idem.a","data":1}', { "idempotency-key": "reused" });
    const before = await counts();
    const answer = await post('{"type":"idem.a","data":2}', { "idempotency-key": "reused" });
    expect([answer.status, answer.body.code]).toEqual([422, "idempotency_mismatch"]);
    expect(await counts()).toEqual(before);
  });

  it("I-12 the same key in another environment and on another route is independent", async () => {
    const body = '{"type":"idem.b","data":1}';
    const headers = { "idempotency-key": "shared" };
    const live = await post(body, headers);
    const sandbox = await post(body, { ...headers, authorization: `Bearer ${sandboxKey}` });
    const batch = await post(`{"events":[${body}]}`, headers, "/api/v1/events/batch");
    expect([live.status, sandbox.status, batch.status]).toEqual([202, 202, 202]);
    expect(new Set([live.body.id, sandbox.body.id, batch.body.data[0]?.id]).size).toBe(3);
  });

  it("a client's own id is used once: the same event again is the same answer, another one a conflict", async () => {
    const first = await post('{"type":"own.id","data":1,"id":"order-1"}');
    const again = await post('{"type":"own.id","data":1,"id":"order-1"}');
    const other = await post('{"type":"own.id","data":2,"id":"order-1"}');
    expect([first.body.id, again.body.id]).toEqual(["order-1", "order-1"]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect([other.status, other.body.code]).toEqual([409, "event_id_conflict"]);
    const keyed = await post('{"type":"own.id","data":3,"id":"order-1"}', {
      "idempotency-key": "k-conflict",
    });
    const repeated = await post('{"type":"own.id","data":3,"id":"order-1"}', {
      "idempotency-key": "k-conflict",
    });
    expect([keyed.status, repeated.status]).toEqual([409, 409]);
  });

  it("I-10 one id under many keys at once is one event with one set of deliveries, and other content is refused", async () => {
    await createEndpoint(test.ctx, test.owner(), {
      url: "https://example.com/many",
      event_types: ["many.keys"],
    });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        post(
          `{"type":"many.keys","id":"many-1","data":${n % 2}}`,
          n % 4 === 0 ? {} : { "idempotency-key": `many-${n}` },
        ),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(20);
    expect(statuses.filter((status) => status === 409)).toHaveLength(20);
    expect(await test.ctx.db.prisma.delivery.count({ where: { eventId: "many-1" } })).toBe(1);
  });

  it("P-22 a batch is taken whole or not at all", async () => {
    const before = await counts();
    const bad = await post(
      '{"events":[{"type":"b.a","data":1},{"type":"b a","data":1},{"data":2}]}',
      {},
      "/api/v1/events/batch",
    );
    expect(bad.status).toBe(400);
    expect(bad.body.errors?.map((error) => error.path)).toEqual(["events[1].type", "events[2].type"]);
    const twice = await post(
      '{"events":[{"type":"b.a","data":1,"id":"x"},{"type":"b.a","data":2,"id":"x"}]}',
      {},
      "/api/v1/events/batch",
    );
    expect(twice.body.errors?.map((error) => error.path)).toEqual(["events[1].id"]);
    const conflict = await post(
      '{"events":[{"type":"b.a","data":9},{"type":"own.id","data":7,"id":"order-1"}]}',
      {},
      "/api/v1/events/batch",
    );
    expect([conflict.status, conflict.body.errors?.[0]?.path]).toEqual([409, "events[1].id"]);
    expect(await counts()).toEqual(before);
    const events = Array.from({ length: 1000 }, (_, index) => `{"type":"b.a","data":{"n":${index}}}`);
    const good = await post(
      `{"events":[${events.join(",")}]}`,
      { "idempotency-key": "batch-1" },
      "/api/v1/events/batch",
    );
    const again = await post(
      `{"events":[${events.join(",")}]}`,
      { "idempotency-key": "batch-1" },
      "/api/v1/events/batch",
    );
    expect(good.status).toBe(202);
    expect(good.body.data).toHaveLength(1000);
    expect(again.body.data).toEqual(good.body.data);
    expect((await counts())[0]).toBe((before[0] ?? 0) + 1000);
    const tooMany = await post(
      `{"events":[${[...events, events[0]].join(",")}]}`,
      {},
      "/api/v1/events/batch",
    );
    expect(tooMany.status).toBe(400);
  });

  it("an endpoint made a moment ago is matched, though the routing was cached before", async () => {
    await post('{"type":"fresh.case","data":1}');
    await createEndpoint(test.ctx, test.owner(), {
      url: "https://example.com/fresh",
      event_types: ["fresh.*"],
    });
    expect((await post('{"type":"fresh.case","data":1}')).body.deliveries).toBe(1);
  });

  it("fills the catalogue with the types it has seen", async () => {
    await post('{"type":"seen.first_time","data":1}');
    await expect
      .poll(() =>
        test.ctx.db.prisma.eventType.findFirst({
          where: { name: "seen.first_time", workspaceId: test.workspaceId },
        }),
      )
      .not.toBeNull();
  });
});
