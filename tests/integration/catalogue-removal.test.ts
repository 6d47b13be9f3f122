// Taking things out of the catalogue again: single types, and packs, which leave what people have changed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PackDto } from "@/lib/contracts/event-types";
import { setRuntime } from "@/lib/server/runtime";
import { type ApiClient, openApiClient } from "../support/api-client";
import { createWorld, type World } from "../support/world";

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

const at = (name: string) => `/api/v1/event-types/${name}`;
const pack = (slug: string) => at(`packs/${slug}`);
const removals = (dto: PackDto) => dto.types.map(({ name, removal }) => [name, removal]);
const listed = async (slug: string): Promise<PackDto> =>
  (await api.call("GET", at("packs"))).json.data.find((one: PackDto) => one.slug === slug);

describe("a pack", () => {
  it("shows what it contains before anything is installed", async () => {
    const { types } = await listed("vivoldi");
    expect(types.find(({ name }) => name === "stamp.used")).toMatchObject({
      step: "add",
      removal: "absent",
      example_attributes: { action_type: "USE" },
    });
    for (const { example_text } of types) expect(JSON.parse(example_text)).toBeTypeOf("object");
  });

  it("goes with what it brought; what somebody changed or made stays as the workspace's own", async () => {
    await api.call("POST", "/api/v1/event-types", {
      name: "batch.completed",
      description: "Ours",
      example_text: "[2]",
    });
    await api.call("POST", pack("vizi"));
    await api.call("PATCH", at("monitoring.alert"), { example_text: '{"ours":1.0}' });
    expect(removals(await listed("vizi"))).toEqual([
      ["score.updated", "remove"],
      ["score.threshold.crossed", "remove"],
      ["monitoring.alert", "keep"],
      ["batch.completed", "absent"],
    ]);
    const { id } = await world.endpoint("/ok", { event_types: ["score.updated"] });
    const removed = await api.call("DELETE", pack("vizi"));
    expect(removed.status).toBe(200);
    expect(removals(removed.json).map(([, step]) => step)).toEqual(["remove", "remove", "keep", "absent"]);
    expect((await api.call("GET", at("score.updated"))).status).toBe(404);
    expect((await api.call("GET", at("monitoring.alert"))).json).toMatchObject({
      pack: null,
      example_text: '{"ours":1.0}',
    });
    expect((await api.call("GET", at("batch.completed"))).json).toMatchObject({
      description: "Ours",
      pack: null,
    });
    expect(
      removals((await api.call("DELETE", pack("vizi"))).json).every(([, step]) => step === "absent"),
    ).toBe(true);
    expect((await listed("vizi")).types.map(({ step }) => step)).toEqual([
      "add",
      "add",
      "present",
      "present",
    ]);
    // Endpoints carry names: they go on.
    const sent = await world.send("score.updated");
    expect((await world.deliveriesOf(sent.id)).map((row) => row.endpoint_id)).toEqual([id]);
    const audit = await world.ctx.db.prisma.auditEntry.findMany({
      where: { action: "event_type.pack_removed" },
    });
    expect(audit.map(({ detail }) => detail)).toEqual([
      { pack: "VIZI", removed: ["score.updated", "score.threshold.crossed"], kept: ["monitoring.alert"] },
    ]);
  });

  it("that is unknown cannot be removed", async () => {
    expect((await api.call("DELETE", pack("nobody"))).status).toBe(404);
  });
});

describe("an event type", () => {
  it("is deleted by name or id, once; its events go on and are known from the log", async () => {
    const made = await api.call("POST", "/api/v1/event-types", { name: "gone.soon", example_text: "[1]" });
    expect((await api.call("DELETE", at(made.json.id))).status).toBe(204);
    expect((await api.call("DELETE", at("gone.soon"))).status).toBe(404);
    expect((await api.call("GET", at("gone.soon"))).status).toBe(404);
    expect((await world.send("gone.soon")).id).toMatch(/^evt_/);
    const types = (await api.call("GET", "/api/v1/event-types")).json.data;
    expect(types.find((type: { name: string }) => type.name === "gone.soon")).toMatchObject({
      sources: expect.arrayContaining(["observed"]),
      has_example: false,
    });
  });
});

describe("endpoints by event type", () => {
  it("are those that take it: by name, by group, or everything", async () => {
    const { id: byName } = await world.endpoint("/ok", { event_types: ["find.me.now"] });
    const { id: byGroup } = await world.endpoint("/ok", { event_types: ["find.*"] });
    const { id: all } = await world.endpoint("/ok", { event_types: ["*"] });
    await world.endpoint("/ok", { event_types: ["find.me"] });
    const { json } = await api.call("GET", "/api/v1/endpoints?event_type=find.me.now");
    expect(json.data.map((one: { id: string }) => one.id)).toEqual([all, byGroup, byName]);
    expect((await api.call("GET", "/api/v1/endpoints?event_type=find.*")).status).toBe(400);
  });
});
