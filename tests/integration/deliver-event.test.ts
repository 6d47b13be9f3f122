import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

const AWKWARD = [
  ["P-01 key order", '{"zebra":1,"alpha":2,"mango":3,"10":1,"2":1}'],
  ["P-02 white space", '{ "a" :\t1,\r\n "b":2 }'],
  [
    "P-03 big numbers",
    '{"n":9007199254740993,"m":12345678901234567890123,"d":0.1000000000000000055511151231257827}',
  ],
  ["P-04 number forms", "[1.0,1.10,1e2,-0,1E+2]"],
  ["P-05 huge exponents", '{"x":1e400}'],
  ["P-06 duplicate keys", '{"a":1,"a":2}'],
  ["P-07 prototype keys", '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'],
  ["P-08 escaped NUL", '"\\u0000"'],
  ["P-09 surrogates and emoji", '{"lone":"\\ud800","pair":"\\ud83d\\ude00","emoji":"😀","rtl":"\u202Eabc"}'],
  ["P-12 a bare value", "null"],
] as const;

describe("an accepted event", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ inlineAttempts: true });
  });
  afterAll(() => world.close());

  it("R-01 R-37 G-01 reaches the receiver signed, with fresh timestamps and the same id and bytes on every attempt", async () => {
    const endpoint = await world.endpoint("/flaky/2", {
      event_types: ["order.*"],
      retry_policy: { delays_seconds: [0, 0, 0] },
    });
    const { id, deliveries } = await world.send("order.paid", '{"amount":1200}');
    expect(deliveries).toBe(1);
    // The engine carries retries; here its part is played by asking for what is due.
    const delivery = await eventually(async () => {
      for (const row of await world.deliveriesOf(id))
        await world.ctx.pump.attemptOne(row.id, { force: false });
      const found = await world.waitForDelivery(id, () => true);
      return found.state === "succeeded" ? found : null;
    });
    const requests = world.receiver.requests.filter((request) => headerOf(request, "webhook-id") === id);
    expect(requests).toHaveLength(3);
    expect(new Set(requests.map((request) => request.sha256)).size).toBe(1);
    for (const request of requests) {
      const verified = new Webhook(endpoint.secret).verify(request.body.toString(), {
        "webhook-id": headerOf(request, "webhook-id") ?? "",
        "webhook-timestamp": headerOf(request, "webhook-timestamp") ?? "",
        "webhook-signature": headerOf(request, "webhook-signature") ?? "",
      });
      expect(verified).toMatchObject({ type: "order.paid", data: { amount: 1200 } });
    }
    expect(delivery.attempts.map((attempt) => [attempt.number, attempt.response?.status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ]);
    expect(delivery.attempts[2]?.request.body).toBe(requests[2]?.body.toString());
  });

  it.each(AWKWARD)("%s goes on the wire byte for byte", async (_title, data) => {
    const marker = `m${randomBytes(6).toString("hex")}.x`;
    await world.endpoint("/ok", { event_types: [marker] });
    const { id } = await world.send(marker, data);
    await world.waitForDelivery(id, (row) => row.state === "succeeded");
    const request = world.receiver.requests.find((one) => headerOf(one, "webhook-id") === id);
    const text = request?.body.toString() ?? "";
    expect(text.slice(text.indexOf('"data":') + 7, -1)).toBe(data);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it("reaches exactly the endpoints that want its type and tenant, and none of another tenant", async () => {
    const own = await world.endpoint("/ok", { event_types: ["tenant.case"] });
    const ofA = await world.endpoint("/ok", { event_types: ["tenant.*"], tenant: "a" });
    await world.endpoint("/ok", { event_types: ["tenant.case"], tenant: "b" });
    await world.endpoint("/ok", { event_types: ["tenantx.case", "tenant"] });
    const withTenant = await world.send("tenant.case", "{}", { tenant: "a" });
    const without = await world.send("tenant.case", "{}");
    const endpointsOf = async (id: string) =>
      (await world.deliveriesOf(id)).map((row) => row.endpoint_id).sort();
    expect(await endpointsOf(withTenant.id)).toEqual([own.id, ofA.id].sort());
    expect(await endpointsOf(without.id)).toEqual([own.id]);
  });

  it("is held while its endpoint is paused, and never called", async () => {
    const endpoint = await world.endpoint("/ok?paused", { event_types: ["held.case"] });
    await pauseEndpoint(world.ctx, world.actor, endpoint.id);
    const { id } = await world.send("held.case");
    const [delivery] = await world.deliveriesOf(id);
    expect(delivery?.state).toBe("held");
    await world.ctx.pump.claimNow();
    expect(world.receiver.requests.some((request) => headerOf(request, "webhook-id") === id)).toBe(false);
  });

  it("R-04 ends at 410, disables the endpoint with its reason and holds what follows", async () => {
    const endpoint = await world.endpoint("/410", { event_types: ["gone.case"] });
    const first = await world.send("gone.case");
    const delivery = await world.waitForDelivery(first.id, (row) => row.state === "failed");
    expect(delivery.state_reason).toBe("receiver_gone");
    const row = await eventually(async () => {
      const found = await world.ctx.db.prisma.endpoint.findUnique({ where: { id: endpoint.id } });
      return found?.state === "disabled" ? found : null;
    });
    expect(row.stateReason).toBe("receiver_gone");
    const audit = await world.ctx.db.prisma.auditEntry.findFirst({
      where: { targetId: endpoint.id, action: "endpoint.disabled" },
    });
    expect(audit?.actorKind).toBe("system");
    const second = await world.send("gone.case");
    expect((await world.deliveriesOf(second.id))[0]?.state).toBe("held");
  });

  it("R-07 waits for what Retry-After asks, and tells the engine when", async () => {
    await world.endpoint("/retry-after/7", {
      event_types: ["wait.case"],
      retry_policy: { delays_seconds: [0, 1] },
    });
    const { id } = await world.send("wait.case");
    const delivery = await world.waitForDelivery(id, (row) => row.step === 1);
    const [attempt] = delivery.attempts;
    const waitMs = Date.parse(delivery.next_attempt_at ?? "") - Date.parse(attempt?.started_at ?? "");
    expect(waitMs).toBeGreaterThanOrEqual(6_900);
    expect(waitMs).toBeLessThan(9_000);
    await eventually(async () => world.retries.find((retry) => retry.deliveryId === delivery.id));
  });

  it("I-17 ends as cancelled when its endpoint is deleted during an attempt", async () => {
    const endpoint = await world.endpoint("/hang?deleted", {
      event_types: ["deleted.case"],
      timeout_ms: 2_000,
      retry_policy: { delays_seconds: [0, 60] },
    });
    const { id } = await world.send("deleted.case");
    await eventually(async () => world.receiver.heads.some((head) => headerOf(head, "webhook-id") === id));
    await deleteEndpoint(world.ctx, world.actor, endpoint.id);
    const delivery = await world.waitForDelivery(id, (row) => row.step === 1);
    expect([delivery.state, delivery.state_reason, delivery.attempts.length]).toEqual([
      "cancelled",
      "endpoint_deleted",
      1,
    ]);
  });
});
