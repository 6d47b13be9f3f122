import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEndpointInput, updateEndpointInput } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { encodeCursor } from "@/lib/domain/list-cursor";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { getEndpoint } from "@/lib/server/services/get-endpoint";
import { listEndpoints } from "@/lib/server/services/list-endpoints";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { type EndpointFixture, openEndpointFixture } from "@/tests/support/endpoint-fixture";

let fixture: EndpointFixture;
let live: Actor;
let sandbox: Actor;
let stranger: Actor;

beforeAll(async () => {
  fixture = await openEndpointFixture();
  ({ live, sandbox } = await fixture.newWorkspace("acme"));
  stranger = (await fixture.newWorkspace("globex")).live;
});
afterAll(() => fixture.close());

const URL_A = "https://receiver.test/hook";
const create = (extra: object = {}, actor = live) =>
  createEndpoint(
    fixture.ctx,
    actor,
    createEndpointInput.parse({ url: URL_A, event_types: ["order.paid"], ...extra }),
  );
const row = (id: string) => fixture.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } });
const version = async (actor: Actor) =>
  (await fixture.ctx.db.prisma.environment.findUniqueOrThrow({ where: { id: actor.environmentId } }))
    .endpointVersion;
const auditOf = (targetId: string) =>
  fixture.ctx.db.prisma.auditEntry.findMany({ where: { targetId }, orderBy: { id: "asc" } });

describe("creating", () => {
  test("every setting is stored as given and shown as stored", async () => {
    const settings = {
      event_types: ["order.*", "invoice.paid", "order.*"],
      tenant: "shop-7",
      description: "Orders to the warehouse",
      timeout_ms: 4_000,
      retry_policy: { delays_seconds: [0, 5, 300], jitter: 0.1 },
      max_concurrency: 3,
    };
    const before = await version(live);
    const created = await create(settings);
    expect(created).toMatchObject({ ...settings, event_types: ["order.*", "invoice.paid"], state: "active" });
    expect(await row(created.id)).toMatchObject({
      url: URL_A,
      tenant: "shop-7",
      timeoutMs: 4_000,
      maxConcurrency: 3,
      retryPolicy: settings.retry_policy,
      eventTypes: ["order.*", "invoice.paid"],
    });
    expect(await version(live)).toBe(before + 1n);
    expect(fixture.told.forgotten).toContain(created.id);
    expect(fixture.told.published).toContain(`${live.environmentId} endpoints`);
  });

  test("what is left out gets the documented defaults", async () => {
    const created = await create();
    expect(created).toMatchObject({
      tenant: null,
      description: "",
      headers: {},
      timeout_ms: 15_000,
      max_concurrency: 10,
      retry_policy: { preset: "standard" },
    });
  });

  test("S-15 a URL that delivery would refuse is refused when it is saved, and when it is changed", async () => {
    for (const url of [
      "http://example.com/hook",
      "https://10.0.0.7/hook",
      "https://169.254.169.254/latest",
      "https://rebinding.example.com/",
    ]) {
      await expect(create({ url })).rejects.toMatchObject({ code: "target_not_allowed" });
    }
    const created = await create();
    await expect(
      updateEndpoint(fixture.ctx, live, created.id, { url: "https://192.168.1.1/" }),
    ).rejects.toMatchObject({ code: "target_not_allowed", errors: [{ path: "url" }] });
    expect((await row(created.id)).url).toBe(URL_A);
  });

  test.each([
    ["H-01 line break in a value", { "X-A": "a\r\nX-Injected: 1" }],
    ["H-01 NUL in a value", { "X-A": "a\u0000b" }],
    ["H-01 line break in a name", { "X-A\nX-B": "a" }],
    ["H-02 non-Latin-1 value", { "X-A": "🙂" }],
    ["H-03 Host", { hOsT: "internal" }],
    ["H-03 Content-Length", { "content-length": "1" }],
    ["H-03 Transfer-Encoding", { "Transfer-Encoding": "chunked" }],
    ["H-03 Connection", { Connection: "close" }],
    ["H-03 Proxy-Authorization", { "Proxy-Authorization": "x" }],
    ["H-03 pseudo header", { ":authority": "x" }],
    ["H-04 signature header in another case", { "Webhook-Signature": "v1,x" }],
    ["H-05 names that differ in case only", { "X-A": "1", "x-a": "2" }],
    ["H-06 too many", Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`X-${i}`, "1"]))],
    [
      "H-06 too large together",
      Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`X-${i}`, "v".repeat(3_900)])),
    ],
  ])("%s is refused at save", async (_title, headers) => {
    await expect(create({ headers })).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("H-08 custom header values are masked wherever they are shown, and sealed in the row", async () => {
    const canary = "canary-header-value-8f2e";
    const created = await create({ headers: { Authorization: `Bearer ${canary}`, "X-Shop": canary } });
    const listed = await listEndpoints(fixture.ctx, live, { limit: 50 });
    const stored = await row(created.id);
    const audit = await auditOf(created.id);
    expect(Object.keys(created.headers)).toEqual(["Authorization", "X-Shop"]);
    for (const shown of [created, listed, stored.headerNames, audit]) {
      expect(JSON.stringify(shown)).not.toContain(canary);
    }
    expect(Buffer.from(stored.headersCiphertext ?? []).includes(canary)).toBe(false);
    const opened = fixture.ctx.secrets.open(stored.headersCiphertext ?? new Uint8Array(), {
      table: "endpoint",
      rowId: created.id,
      field: "headers_ciphertext",
    });
    expect(JSON.parse(opened)).toEqual({ Authorization: `Bearer ${canary}`, "X-Shop": canary });
  });

  test.each([
    ["I-02 unknown fields", { id: "ep_x", state: "active" }],
    ["I-02 createdAt", { createdAt: "2020-01-01" }],
    ["I-03 an operator object for a string", { url: { contains: "" } }],
    ["no event types", { event_types: [] }],
    ["a wildcard in the middle", { event_types: ["order.*.paid"] }],
    ["timeout below a second", { timeout_ms: 999 }],
    ["timeout above 30 seconds", { timeout_ms: 30_001 }],
    ["concurrency 0", { max_concurrency: 0 }],
    ["I-24 control characters in the description", { description: "a\u0007b" }],
    ["an empty schedule", { retry_policy: { delays_seconds: [] } }],
  ])("%s: refused by the schema", (_title, extra) => {
    const parsed = createEndpointInput.safeParse({ url: URL_A, event_types: ["*"], ...extra });
    expect(parsed.success).toBe(false);
  });

  test("an environment takes 1,000 endpoints and not one more", async () => {
    const { live: full } = await fixture.newWorkspace("full");
    await fixture.ctx.db.prisma.endpoint.createMany({
      data: Array.from({ length: 999 }, () => ({
        id: fixture.ctx.newId("endpoint"),
        environmentId: full.environmentId,
        url: URL_A,
        eventTypes: ["*"],
        timeoutMs: 15_000,
        retryPolicy: { preset: "none" },
        maxConcurrency: 1,
        state: "active",
      })),
    });
    const results = await Promise.allSettled([create({}, full), create({}, full), create({}, full)]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(results.find((result) => result.status === "rejected")?.reason).toMatchObject({
      code: "conflict",
    });
  });
});

describe("changing", () => {
  test("one field changes, all others stay, and the audit log has both values", async () => {
    const created = await create({ description: "before", tenant: "t1", headers: { "X-A": "1" } });
    const changed = await updateEndpoint(
      fixture.ctx,
      live,
      created.id,
      updateEndpointInput.parse({ description: "after" }),
    );
    const { secret: _secret, public_key: _key, ...rest } = created;
    expect(changed).toEqual({ ...rest, description: "after", updated_at: changed.updated_at });
    const entries = await auditOf(created.id);
    expect(entries.map((entry) => entry.action)).toEqual(["endpoint.created", "endpoint.updated"]);
    expect(entries[1]?.detail).toEqual({
      before: { description: "before" },
      after: { description: "after" },
    });
  });

  test("tenant and headers can be removed with null; headers are replaced as a whole", async () => {
    const created = await create({ tenant: "t1", headers: { "X-A": "1", "X-B": "2" } });
    const replaced = await updateEndpoint(fixture.ctx, live, created.id, { headers: { "X-C": "3" } });
    expect(Object.keys(replaced.headers)).toEqual(["X-C"]);
    const removed = await updateEndpoint(fixture.ctx, live, created.id, { headers: null, tenant: null });
    expect(removed).toMatchObject({ headers: {}, tenant: null });
    expect((await row(created.id)).headersCiphertext).toBeNull();
  });

  test("a change that changes nothing leaves no audit entry", async () => {
    const created = await create({ description: "same" });
    await updateEndpoint(fixture.ctx, live, created.id, { description: "same" });
    expect(await auditOf(created.id)).toHaveLength(1);
  });

  test("I-16 100 parallel changes of different fields lose none of them", async () => {
    const created = await create();
    const changes = Array.from({ length: 25 }, (_, i) => [
      { description: `d${i}` },
      { timeout_ms: 1_000 + i },
      { max_concurrency: 1 + i },
      { tenant: `t${i}` },
    ]).flat();
    await Promise.all(changes.map((change) => updateEndpoint(fixture.ctx, live, created.id, change)));
    const after = await getEndpoint(fixture.ctx, live, created.id);
    expect(after.description).toMatch(/^d\d+$/);
    expect(after.timeout_ms).toBeLessThan(1_025);
    expect(after.max_concurrency).toBeLessThanOrEqual(25);
    expect(after.tenant).toMatch(/^t\d+$/);
    // A field that one change read before another wrote it would show up as a lost change in the audit trail.
    const written = (await auditOf(created.id)).flatMap((entry) =>
      Object.keys((entry.detail as { after?: object }).after ?? {}),
    );
    expect(new Set(written)).toEqual(
      new Set(["description", "overrides", "timeout_ms", "max_concurrency", "tenant"]),
    );
  });

  test("I-16 a change that races with deletion never brings the endpoint back", async () => {
    const created = await create();
    await Promise.allSettled([
      ...Array.from({ length: 10 }, (_, i) =>
        updateEndpoint(fixture.ctx, live, created.id, { description: `${i}` }),
      ),
      deleteEndpoint(fixture.ctx, live, created.id),
    ]);
    await expect(getEndpoint(fixture.ctx, live, created.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await row(created.id)).deletedAt).not.toBeNull();
  });
});

describe("who sees what", () => {
  test("T-01 another environment and another workspace get not_found for everything, and see nothing in lists", async () => {
    const created = await create({ description: "only-here" });
    for (const other of [sandbox, stranger]) {
      const calls = [
        () => getEndpoint(fixture.ctx, other, created.id),
        () => updateEndpoint(fixture.ctx, other, created.id, { description: "x" }),
        () => pauseEndpoint(fixture.ctx, other, created.id),
        () => deleteEndpoint(fixture.ctx, other, created.id),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "not_found" });
      expect((await listEndpoints(fixture.ctx, other, { limit: 250, search: "only-here" })).data).toEqual([]);
    }
    expect((await row(created.id)).description).toBe("only-here");
  });

  test("T-09 a viewer reads and changes nothing; an API key does what its scopes say", async () => {
    const created = await create();
    const viewer: Actor = { ...live, role: "viewer" } as Actor;
    await expect(getEndpoint(fixture.ctx, viewer, created.id)).resolves.toMatchObject({ id: created.id });
    await expect(pauseEndpoint(fixture.ctx, viewer, created.id)).rejects.toMatchObject({ code: "forbidden" });
    const key: Actor = {
      kind: "api_key",
      keyId: "key_x",
      label: "key",
      scopes: ["events:write"],
      workspaceId: live.workspaceId,
      environmentId: live.environmentId,
      ip: null,
    };
    await expect(getEndpoint(fixture.ctx, key, created.id)).rejects.toMatchObject({ code: "forbidden" });
  });

  test.each([
    "",
    "ep_",
    "null",
    "../ep",
    "ep_00000000000000000000000000",
    "evt_01jdz0000000000000000000aa",
    "🙂",
    "x".repeat(10_000),
  ])("I-08 the id %j is not found", async (id) => {
    await expect(getEndpoint(fixture.ctx, live, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateEndpoint(fixture.ctx, live, id, {})).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("listing", () => {
  test("I-06 pages are complete and without repetition; a cursor of another kind is refused", async () => {
    const { live: paged } = await fixture.newWorkspace("paged");
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.push((await create({ description: `n${i}` }, paged)).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEndpoints(fixture.ctx, paged, { limit: 3, cursor });
      seen.push(...page.data.map((endpoint) => endpoint.id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([...made].sort().reverse());
    for (const forged of [
      "1",
      encodeCursor("evt_01jdz0000000000000000000aa"),
      "evt_01jdz0000000000000000000aa",
      "ep_'; drop table endpoint; --",
    ]) {
      await expect(listEndpoints(fixture.ctx, paged, { limit: 3, cursor: forged })).rejects.toMatchObject({
        code: "invalid_request",
      });
    }
    const foreign = await listEndpoints(fixture.ctx, stranger, {
      limit: 250,
      cursor: encodeCursor(made.at(-1) ?? ""),
    });
    expect(foreign.data.filter((endpoint) => made.includes(endpoint.id))).toEqual([]);
  });

  test("filters by state, tenant and text; I-05 wildcards and SQL in a search are plain characters", async () => {
    const { live: own } = await fixture.newWorkspace("filters");
    const a = await create({ tenant: "t-a", description: "100% of orders" }, own);
    const b = await create({ tenant: "t-b", url: "https://receiver.test/other" }, own);
    await pauseEndpoint(fixture.ctx, own, b.id);
    const ids = async (query: object) =>
      (await listEndpoints(fixture.ctx, own, { limit: 50, ...query })).data.map((endpoint) => endpoint.id);
    expect(await ids({ state: "paused" })).toEqual([b.id]);
    expect(await ids({ tenant: "t-a" })).toEqual([a.id]);
    expect(await ids({ search: "OTHER" })).toEqual([b.id]);
    expect(await ids({ search: "100%" })).toEqual([a.id]);
    expect(await ids({ search: "%" })).toEqual([a.id]);
    expect(await ids({ search: "_" })).toEqual(await ids({ search: "ep_" }));
    expect(await ids({ search: "' OR 1=1 --" })).toEqual([]);
  });
});
