// Deliveries that were really attempted, read through the API: every shape that an attempt can have is documented.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setRuntime } from "@/lib/server/runtime";
import { type ApiClient, openApiClient } from "@/tests/support/api-client";
import { createWorld, eventually, type World } from "@/tests/support/world";

let world: World;
let api: ApiClient;

beforeAll(async () => {
  world = await createWorld();
  setRuntime({ ...world.ctx, stop: async () => undefined });
  api = await openApiClient(world.ctx, world.actor);
});

afterAll(async () => {
  setRuntime(null);
  await world.close();
});

/** The event's delivery, once an attempt of it is in the log. */
async function attempted(eventId: string): Promise<string> {
  const { prisma } = world.ctx.db;
  const found = await eventually(() => prisma.attempt.findFirst({ where: { delivery: { eventId } } }));
  return found.deliveryId;
}

const retry_policy = { delays_seconds: [0, 3600] };

describe("a delivery", () => {
  it.each([
    ["/ok", "succeeded"],
    ["/500", "pending"],
    ["/429", "pending"],
    ["/302", "pending"],
    ["/410", "failed"],
  ])("to %s is documented while it is %s", async (path, state) => {
    const { id } = await world.endpoint(path, { retry_policy, event_types: [`at${path.replace("/", ".")}`] });
    const event = await world.send(`at${path.replace("/", ".")}`, '{"n":1.50}', {
      subject: "s",
      attributes: { a: "b" },
    });
    const deliveryId = await attempted(event.id);
    // The recorder holds each answer against the document.
    const shown = await api.call("GET", `/api/v1/deliveries/${deliveryId}`);
    expect(shown.json).toMatchObject({ state, attempts: [{ number: 1, request: { method: "POST" } }] });
    expect((await api.call("GET", `/api/v1/deliveries?endpoint_id=${id}`)).json.data).toHaveLength(1);
    expect((await api.call("GET", `/api/v1/endpoints/${id}`)).status).toBe(200);
    expect((await api.call("GET", `/api/v1/endpoints/${id}/health`)).status).toBe(200);
    expect((await api.call("GET", `/api/v1/endpoints/${id}/stats`)).status).toBe(200);
    expect((await api.call("GET", `/api/v1/events/${event.id}`)).text).toContain('"data":{"n":1.50}');
  });

  it("to an address where nobody listens is documented", async () => {
    const { id } = await world.endpoint("/ok", { retry_policy, event_types: ["nobody.listens"] });
    await world.ctx.db.prisma.endpoint.update({ where: { id }, data: { url: "http://127.0.0.1:1/" } });
    const event = await world.send("nobody.listens");
    const deliveryId = await attempted(event.id);
    const { json } = await api.call("GET", `/api/v1/deliveries/${deliveryId}`);
    expect(json.attempts[0]).toMatchObject({ response: null, error: { class: expect.any(String) } });
    expect(json.planned_attempts).toHaveLength(1);
  });
});
