import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

describe("the whole pipeline against receivers that misbehave", { timeout: 90_000 }, () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  /** Plays the engine: asks for what is due until nothing of the type is pending. */
  const settle = (type: string, timeoutMs = 60_000) =>
    eventually(async () => {
      const due = await world.ctx.db.prisma.delivery.findMany({
        where: { eventType: type, state: "pending", nextAttemptAt: { lte: new Date() }, leaseUntil: null },
        select: { id: true },
        take: 200,
      });
      await Promise.all(due.map(({ id }) => world.ctx.pump.attemptOne(id, { force: false })));
      return (
        (await world.ctx.db.prisma.delivery.count({ where: { eventType: type, state: "pending" } })) === 0
      );
    }, timeoutMs);
  const requestsFor = (id: string) =>
    world.receiver.requests.filter((request) => headerOf(request, "webhook-id") === id);

  it("R-37 a hundred events to a receiver that fails three times: all arrive on attempt four, same id and bytes", async () => {
    await world.endpoint("/flaky/3", {
      event_types: ["r37.case"],
      retry_policy: { delays_seconds: [0, 0, 0, 0] },
    });
    const sent = await Promise.all(
      Array.from({ length: 100 }, (_, n) => world.send("r37.case", `{"n":${n}}`)),
    );
    await settle("r37.case");
    for (const { id } of sent) {
      const requests = requestsFor(id);
      expect(requests).toHaveLength(4);
      expect(new Set(requests.map((request) => request.sha256)).size).toBe(1);
    }
    const rows = await world.ctx.db.prisma.delivery.groupBy({
      by: ["state", "attemptCount"],
      where: { eventType: "r37.case" },
      _count: true,
    });
    expect(rows).toEqual([{ state: "succeeded", attemptCount: 4, _count: 100 }]);
  });

  it("R-05 fifty events to a receiver that takes five a second: all delivered, none lost, the rate settles", async () => {
    await world.endpoint("/rate/5", {
      event_types: ["r05.case"],
      retry_policy: { delays_seconds: [0, ...Array.from({ length: 20 }, () => 1)] },
    });
    const sent = await Promise.all(Array.from({ length: 50 }, () => world.send("r05.case")));
    await settle("r05.case", 80_000);
    const states = await world.ctx.db.prisma.delivery.groupBy({
      by: ["state"],
      where: { eventType: "r05.case" },
      _count: true,
    });
    expect(states).toEqual([{ state: "succeeded", _count: 50 }]);
    const times = world.receiver.requests
      .filter((request) => request.target === "/rate/5")
      .map((request) => request.at)
      .sort((a, b) => a - b);
    const start = times[0] ?? 0;
    // After the first burst has been answered, no second sees more than six requests.
    const later = times.filter((at) => at > start + 3_000);
    const busiest = later.map((at) => later.filter((other) => other >= at && other < at + 1_000).length);
    expect(Math.max(0, ...busiest)).toBeLessThanOrEqual(7);
    expect(sent).toHaveLength(50);
  });

  it.each([
    ["R-18 /huge", "/huge/1024", { truncated: true, status: 200 }],
    ["R-21 /badutf8", "/badutf8", { encoding: "base64", status: 200 }],
    ["R-21 /nul", "/nul", { status: 200 }],
    ["R-22 /ansi", "/ansi", { status: 200 }],
    ["R-26 /close-mid", "/close-mid", { incomplete: true, status: 200 }],
  ])("%s leaves an attempt row with what came, and succeeds once", async (title, path, expected) => {
    const type = `${title.slice(0, 4).toLowerCase().replace("-", "")}.${path.replaceAll(/[^a-z]/g, "")}`;
    await world.endpoint(path, { event_types: [type] });
    const { id } = await world.send(type);
    const delivery = await world.waitForDelivery(id, (row) => row.state !== "pending");
    const response = delivery.attempts[0]?.response;
    expect(delivery.state).toBe("succeeded");
    expect(delivery.attempts).toHaveLength(1);
    expect(response?.status).toBe(expected.status);
    if ("truncated" in expected)
      expect([response?.truncated, Buffer.byteLength(response?.body ?? "")]).toEqual([true, 65_536]);
    if ("encoding" in expected) expect(response?.body_encoding).toBe(expected.encoding);
    if ("incomplete" in expected) expect(response?.incomplete).toBe(true);
  });

  it.each([
    ["R-02 /302", "/302", "redirect"],
    ["R-03 /404", "/404", "client_error"],
    ["R-06 /500", "/500", "server_error"],
    ["R-11 /hang", "/hang", "timeout"],
    ["R-25 /reset", "/reset", "connection_reset"],
  ])("%s fails as a class and is planned again", async (_title, path, errorClass) => {
    const type = `fail.${path.slice(1)}`;
    await world.endpoint(path, {
      event_types: [type],
      timeout_ms: 1_000,
      retry_policy: { delays_seconds: [0, 3600, 7200] },
    });
    const { id } = await world.send(type);
    const delivery = await world.waitForDelivery(id, (row) => row.step === 1);
    expect([delivery.state, delivery.last_error_class]).toEqual(["pending", errorClass]);
    expect(delivery.planned_attempts).toHaveLength(2);
    expect(Date.parse(delivery.next_attempt_at ?? "")).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it("R-39 a closed port is connection_refused", async () => {
    const type = "fail.refused";
    await createEndpoint(world.ctx, world.actor, { url: "http://127.0.0.1:9", event_types: [type] }).catch(
      () => undefined,
    );
    await createEndpoint(world.ctx, world.actor, { url: "http://127.0.0.1:49151/x", event_types: [type] });
    const { id } = await world.send(type);
    const row = await eventually(() =>
      world.ctx.db.prisma.delivery.findFirst({
        where: { eventId: id, step: 1, lastErrorClass: "connection_refused" },
      }),
    );
    expect(row.state).toBe("pending");
  });

  it("S-01 S-16 a private address that became forbidden is never called, and nothing of it is shown", async () => {
    await world.endpoint("/ok", { event_types: ["s01.case"] });
    // The policy of the instance admits 127.0.0.0/8 only; a row that was changed behind our back is still checked.
    await world.ctx.db.prisma.endpoint.updateMany({
      where: { eventTypes: { has: "s01.case" } },
      data: { url: "http://10.0.0.1/internal" },
    });
    const { id } = await world.send("s01.case");
    const delivery = await world.waitForDelivery(id, (row) => row.step === 1);
    expect(delivery.attempts[0]).toMatchObject({ response: null, error: { class: "target_not_allowed" } });
  });

  it("every attempt's body hash is the hash of what the receiver got", async () => {
    await world.endpoint("/ok?hash", { event_types: ["hash.case"] });
    const { id } = await world.send("hash.case", '{"a":1.10,"b":[1e2]}');
    const delivery = await world.waitForDelivery(id, (row) => row.state === "succeeded");
    const [request] = requestsFor(id);
    expect(delivery.attempts[0]?.request.body_sha256).toBe(
      createHash("sha256")
        .update(request?.body ?? "")
        .digest("hex"),
    );
  });

  it("F-01 a receiver that hangs does not hold up the others", async () => {
    await world.endpoint("/hang", {
      event_types: ["f01.case", "f01.slow"],
      timeout_ms: 5_000,
      max_concurrency: 5,
    });
    await world.endpoint("/ok?f01", { event_types: ["f01.case"] });
    for (let n = 0; n < 200; n++) await world.send("f01.slow");
    const { id } = await world.send("f01.case");
    await eventually(
      async () =>
        world.receiver.requests.some(
          (request) => request.target === "/ok?f01" && headerOf(request, "webhook-id") === id,
        ),
      4_000,
    );
  });
});
