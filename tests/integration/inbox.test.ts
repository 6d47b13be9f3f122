import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MAX_INBOX_BODY_BYTES } from "@/lib/contracts/inbox";
import { isAppError } from "@/lib/domain/errors";
import { receiveAtInbox } from "@/lib/server/http/with-inbox-sender";
import { setRuntime } from "@/lib/server/runtime";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { clearInbox } from "@/lib/server/services/inbox/clear-inbox";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";
import { getInboxMessage, listInboxMessages } from "@/lib/server/services/inbox/list-inbox-messages";
import { updateInbox } from "@/lib/server/services/inbox/update-inbox";
import { rotateSecret } from "@/lib/server/services/rotate-secret";
import { createTestDatabase, type TestDatabase } from "@/tests/support/postgres";
import { openTestContext, type TestContext } from "@/tests/support/service-context";
import { createTestWorkspace, type TestWorkspace } from "@/tests/support/workspace";

let database: TestDatabase;
let ctx: TestContext;
let ws: TestWorkspace;
let url: string;
let token: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = openTestContext(database.connectionString);
  setRuntime(ctx);
});

afterAll(async () => {
  setRuntime(null);
  await ctx.stop();
  await database.drop();
});

beforeEach(async () => {
  ws = await createTestWorkspace(ctx);
  ({ url } = await getInbox(ctx, ws.user("viewer")));
  token = url.split("/").at(-1) ?? "";
});

const owner = () => ws.user("owner");
const seconds = () => Math.floor(ctx.now() / 1000);

/** A signature built by hand, so that it proves the one we check with. */
function signed(secret: string, body: string, timestamp = seconds(), id = "evt_1"): Record<string, string> {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${digest}` };
}

const send = (headers: Record<string, string>, body: BodyInit | null = "{}", method = "POST", to = url) =>
  receiveAtInbox(new Request(to, { method, headers, body }), {
    params: Promise.resolve({ token: new URL(to).pathname.split("/").at(-1) ?? "" }),
  });

async function latest() {
  const { data } = await listInboxMessages(ctx, owner(), { limit: 1 });
  const [message] = data;
  if (message === undefined) throw new Error("nothing arrived");
  return getInboxMessage(ctx, owner(), message.id);
}
const verdict = async () => (await latest()).verification;

const makeEndpoint = (target = url, headers?: Record<string, string>) =>
  createEndpoint(ctx, owner(), { url: target, event_types: ["*"], headers });

const codeOf = async (work: () => Promise<unknown>) => {
  try {
    await work();
    return "none";
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
};

describe("the inbox's address", () => {
  it("has at least 128 random bits and is made once, also by ten first looks at the same time", async () => {
    const fresh = await createTestWorkspace(ctx);
    const found = await Promise.all(Array.from({ length: 10 }, () => getInbox(ctx, fresh.user("viewer"))));
    expect(new Set(found.map((inbox) => inbox.url)).size).toBe(1);
    expect(Buffer.from(token, "base64url")).toHaveLength(24);
    expect(await ctx.db.prisma.inbox.count({ where: { environmentId: fresh.liveId } })).toBe(1);
  });

  it("is another one in the sandbox and in another workspace", async () => {
    const sandbox = await getInbox(ctx, { ...owner(), environmentId: ws.sandboxId });
    expect(sandbox.url).not.toBe(url);
  });

  it("names the endpoints that deliver to it", async () => {
    const endpoint = await makeEndpoint();
    expect((await getInbox(ctx, owner())).endpoint_ids).toEqual([endpoint.id]);
  });

  it.each(["x", "A".repeat(32), "../../api", "%00", "a".repeat(5000)])(
    "answers 404 for %j and stores nothing",
    async (guess) => {
      const before = await ctx.db.prisma.inboxMessage.count();
      const response = await receiveAtInbox(
        new Request(`${ctx.publicUrl}/inbox/x`, { method: "POST", body: "{}" }),
        {
          params: Promise.resolve({ token: guess }),
        },
      );
      expect(response.status).toBe(404);
      expect(await ctx.db.prisma.inboxMessage.count()).toBe(before);
    },
  );
});

describe("what arrives", () => {
  it("keeps method, path, headers and body as they came, and tells the streams", async () => {
    const seen: unknown[] = [];
    const unsubscribe = ctx.bus.subscribe(ws.liveId, (message) => seen.push(message));
    const body = '{"a": 1,\n "ü": "\\u2028"}';
    const response = await send(
      { "content-type": "application/json", "x-custom": "v" },
      body,
      "PUT",
      `${url}?x=1&y=%2F`,
    );
    unsubscribe();
    const message = await latest();
    expect(response.status).toBe(200);
    expect(message).toMatchObject({ method: "PUT", body, body_encoding: "utf8", body_truncated: false });
    expect(message.body_size).toBe(Buffer.byteLength(body));
    expect(message.path).toBe(`/inbox/${token}?x=1&y=%2F`);
    expect(message.headers).toContainEqual(["x-custom", "v"]);
    expect(seen).toEqual([{ kind: "inbox", inbox_id: expect.stringMatching(/^ibx_/) }]);
  });

  it("gives bytes that are no text as base64, and cuts previews between characters", async () => {
    await send({}, Uint8Array.from([0xff, 0x00, 0x80]));
    expect(await latest()).toMatchObject({ body: "/wCA", body_encoding: "base64" });
    await send({}, `x${"€".repeat(5_000)}`);
    const { data } = await listInboxMessages(ctx, owner(), { limit: 1 });
    expect(data[0]).toMatchObject({ body_truncated: true, body_encoding: "utf8", body_size: 15_001 });
    expect((await latest()).body).toBe(`x${"€".repeat(5_000)}`);
  });

  it("takes a body of the limit and refuses one byte more", async () => {
    expect((await send({}, "x".repeat(MAX_INBOX_BODY_BYTES))).status).toBe(200);
    expect((await send({}, "x".repeat(MAX_INBOX_BODY_BYTES + 1))).status).toBe(413);
  });

  it("K-01 masks credentials and the endpoint's own headers, and drops what proxies added", async () => {
    await makeEndpoint(url, { "X-Canary": "canary-4711-value" });
    await send({
      authorization: "Bearer canary-4711-value",
      "x-canary": "canary-4711-value",
      "x-api-key": "canary-4711-value",
      "x-forwarded-for": "10.0.0.1",
      "content-security-policy": "default-src x",
    });
    const { headers } = await latest();
    expect(headers).toContainEqual(["x-canary", "••••••"]);
    expect(headers.some(([name]) => /^x-forwarded|^content-security/.test(name))).toBe(false);
    const rows = await ctx.db.hot.query("SELECT json_agg(m) AS rows FROM inbox_message m");
    expect(JSON.stringify(rows.rows)).not.toContain("canary-4711");
  });

  it("K-01 masks the header of an endpoint's authentication, whatever its name", async () => {
    const auth = { kind: "api_key", header: "X-Gateway", value: "canary-4712-value" } as const;
    await createEndpoint(ctx, owner(), { url, event_types: ["*"], auth });
    await send({ "x-gateway": "canary-4712-value", "x-other": "shown" });
    const { headers } = await latest();
    expect(headers).toContainEqual(["x-gateway", "••••••"]);
    expect(headers).toContainEqual(["x-other", "shown"]);
  });

  it("keeps the newest 500", async () => {
    const { id } = await getInbox(ctx, owner());
    const row = {
      method: "POST",
      path: "/",
      headers: [],
      body: new Uint8Array(),
      bodySize: 0,
      verification: {},
      respondedStatus: 200,
    };
    const old = Array.from({ length: 500 }, () => ({ ...row, id: ctx.newId("inboxMessage"), inboxId: id }));
    await ctx.db.prisma.inboxMessage.createMany({ data: old });
    ctx.advance(5);
    await send({}, "newest");
    expect(await ctx.db.prisma.inboxMessage.count({ where: { inboxId: id } })).toBe(500);
    expect((await latest()).body).toBe("newest");
  });

  it("I-06 pages without gaps, and refuses another kind of cursor as such", async () => {
    for (const body of ["1", "2", "3"]) {
      ctx.advance(1);
      await send({}, body);
    }
    const first = await listInboxMessages(ctx, owner(), { limit: 2 });
    const rest = await listInboxMessages(ctx, owner(), { limit: 2, cursor: first.next_cursor ?? "" });
    expect([...first.data, ...rest.data].map((message) => message.body)).toEqual(["3", "2", "1"]);
  });
});

describe("signatures", () => {
  it("says verified and by which secret; one changed byte says no match", async () => {
    const endpoint = await makeEndpoint();
    await send(signed(endpoint.secret, '{"a":1}'), '{"a":1}');
    expect(await verdict()).toEqual({
      outcome: "verified",
      endpoint_id: endpoint.id,
      secret_hint: `whsec_…${endpoint.secret.slice(-5, -1)}`,
    });
    await send(signed(endpoint.secret, '{"a":1}'), '{"a":2}');
    expect(await verdict()).toEqual({ outcome: "no_match" });
  });

  it("names the other reasons", async () => {
    await send(signed("whsec_AAAA", "{}"));
    expect(await verdict()).toEqual({ outcome: "no_endpoint" });
    const { secret } = await makeEndpoint();
    await send({});
    expect(await verdict()).toMatchObject({
      outcome: "missing_headers",
      headers: expect.arrayContaining(["webhook-signature"]),
    });
    await send({ ...signed(secret, "{}"), "webhook-timestamp": "soon" });
    expect(await verdict()).toEqual({ outcome: "bad_timestamp" });
    await send(signed(secret, "{}", seconds() - 4_000));
    expect(await verdict()).toMatchObject({ outcome: "timestamp_out_of_tolerance" });
  });

  it("takes the old and the new secret while they overlap, and only the new one afterwards", async () => {
    const endpoint = await makeEndpoint();
    const rotated = await rotateSecret(ctx, owner(), endpoint.id, { overlap_seconds: 3600 });
    for (const secret of [endpoint.secret, rotated.secret]) {
      await send(signed(secret, "{}"));
      expect(await verdict()).toMatchObject({ outcome: "verified" });
    }
    ctx.advance(3_601_000);
    await send(signed(endpoint.secret, "{}"));
    expect(await verdict()).toEqual({ outcome: "no_match" });
  });

  it("T-02 uses only secrets of the same environment and of this very address", async () => {
    const sandbox = { ...owner(), environmentId: ws.sandboxId };
    const elsewhere = await createEndpoint(ctx, sandbox, { url, event_types: ["*"] });
    const longer = await makeEndpoint(`${url}x`);
    for (const { secret } of [elsewhere, longer]) {
      await send(signed(secret, "{}"));
      expect(await verdict()).toEqual({ outcome: "no_endpoint" });
    }
    const withQuery = await makeEndpoint(`${url}?from=test`);
    await send(signed(withQuery.secret, "{}"));
    expect(await verdict()).toMatchObject({ outcome: "verified", endpoint_id: withQuery.id });
  });
});

describe("the answer", () => {
  it.each([200, 204, 304, 410, 500, 503, 599])("is the chosen status %i", async (status) => {
    await updateInbox(ctx, owner(), { respond_status: status });
    const response = await send({});
    expect(response.status).toBe(status);
    expect((await latest()).responded_status).toBe(status);
  });

  it("X-06 is never a page: no reflection, nosniff, no-store, sandboxed", async () => {
    const response = await send({ "content-type": "text/html" }, "<script>alert(1)</script>");
    expect(await response.text()).toBe('{"received":true,"status":200}');
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("who may", () => {
  it("T-01 T-09 a viewer reads and changes nothing; a foreign workspace finds nothing", async () => {
    await send({}, "x");
    const { id } = await latest();
    const viewer = ws.user("viewer");
    expect((await listInboxMessages(ctx, viewer, { limit: 5 })).data).toHaveLength(1);
    expect(await codeOf(() => updateInbox(ctx, viewer, { respond_status: 500 }))).toBe("forbidden");
    expect(await codeOf(() => clearInbox(ctx, viewer))).toBe("forbidden");
    const foreign = (await createTestWorkspace(ctx)).user("owner");
    expect(await codeOf(() => getInboxMessage(ctx, foreign, id))).toBe("not_found");
    expect((await listInboxMessages(ctx, foreign, { limit: 5 })).data).toEqual([]);
    expect(await clearInbox(ctx, foreign)).toEqual({ deleted: 0 });
    expect(await clearInbox(ctx, owner())).toEqual({ deleted: 1 });
  });

  it("L-24 changing the answer and emptying are in the audit trail", async () => {
    await send({});
    await updateInbox(ctx, owner(), { respond_status: 503 });
    await clearInbox(ctx, owner());
    const rows = await ctx.db.prisma.auditEntry.findMany({
      where: { workspaceId: ws.workspaceId },
      orderBy: { id: "asc" },
    });
    expect(rows.map((row) => row.action)).toEqual(["inbox.updated", "inbox.cleared"]);
    expect(rows[0]?.detail).toEqual({ respond_status: { from: 200, to: 503 } });
  });
});
