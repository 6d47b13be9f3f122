// The catalogue of event types: entries that people write, packs that are installed, and tests that send its examples.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKS } from "@/lib/domain/catalogue/packs";
import { setRuntime } from "@/lib/server/runtime";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { type ApiClient, openApiClient } from "../support/api-client";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
let api: ApiClient;
let unique = 0;

beforeAll(async () => {
  world = await createWorld();
  setRuntime({ ...world.ctx, stop: async () => undefined });
  api = await openApiClient(world.ctx, world.actor);
});
afterAll(async () => {
  setRuntime(null);
  await world.close();
});

const freshName = () => `custom.t${unique++}`;
const create = (input: Record<string, unknown>) => api.call("POST", "/api/v1/event-types", input);
const at = (name: string, rest = "") => `/api/v1/event-types/${name}${rest}`;
const listed = async (name: string) =>
  (await api.call("GET", "/api/v1/event-types")).json.data.find(
    (type: { name: string }) => type.name === name,
  );
const freshPath = () => `/ok?n=${unique++}`;
async function bodyAt(path: string): Promise<string> {
  const request = await eventually(async () => world.receiver.requests.find((one) => one.target === path));
  return request.body.toString();
}
const AWKWARD = '{ "z":1.10, "a":12345678901234567890, "a":"\\u0041😀" }';

describe("an event type that a person defines", () => {
  it("is kept with its example byte for byte, changed, archived and taken back", async () => {
    const name = freshName();
    const made = await create({ name, description: "Mine", example_text: AWKWARD });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ name, description: "Mine", example_text: AWKWARD, pack: null });
    expect((await api.call("GET", at(name))).json).toEqual(made.json);
    expect((await api.call("GET", at(made.json.id))).json).toEqual(made.json);
    expect(await listed(name)).toMatchObject({ sources: ["catalogue"], has_example: true, endpoints: 0 });
    const changed = await api.call("PATCH", at(name), {
      example_subject: "s",
      example_attributes: { k: "v" },
    });
    expect(changed.json).toMatchObject({
      description: "Mine",
      example_text: AWKWARD,
      example_subject: "s",
      example_attributes: { k: "v" },
    });
    expect((await api.call("PATCH", at(name), { example_text: null })).json.example_text).toBeNull();
    expect((await api.call("POST", at(name, "/archive"))).json.archived_at).not.toBeNull();
    expect((await listed(name)).archived_at).not.toBeNull();
    // A catalogue describes and never refuses.
    expect((await world.send(name)).id).toMatch(/^evt_/);
    expect((await api.call("POST", at(name, "/restore"))).json.archived_at).toBeNull();
  });

  it("is there once, whoever adds it, and tells where it is taken and when it was seen", async () => {
    const name = freshName();
    expect((await create({ name })).status).toBe(201);
    expect((await create({ name })).status).toBe(409);
    const group = name.slice(0, name.indexOf("."));
    for (const event_types of [[name], [`${group}.*`, name], ["other.thing"]]) {
      await world.endpoint("/ok", { event_types });
    }
    await world.send(name);
    expect(await listed(name)).toMatchObject({ endpoints: 2, last_seen_at: expect.stringMatching(/^20/) });
    expect((await listed("other.thing")).id).toBeNull();
  });

  it.each([
    ["a name with a space", { name: "a b" }, "name"],
    ["a wildcard", { name: "a.*" }, "name"],
    ["text that is no JSON", { name: "x.bad", example_text: "{a:1}" }, "example_text"],
    ["more than one value", { name: "x.bad", example_text: '1,"type":"x"' }, "example_text"],
    [
      "a value that is nested too deep",
      { name: "x.bad", example_text: "[".repeat(200) + "]".repeat(200) },
      "example_text",
    ],
    [
      "an example that is too long",
      { name: "x.bad", example_text: JSON.stringify("x".repeat(70_000)) },
      "example_text",
    ],
    ["attributes that are no text", { name: "x.bad", example_attributes: { a: 1 } }, "example_attributes.a"],
    ["an unknown field", { name: "x.bad", schema: {} }, ""],
  ])("refuses %s and writes nothing", async (_, input, path) => {
    const refused = await create(input);
    expect([refused.status, refused.json.errors[0].path]).toEqual([400, path]);
    expect((await api.call("GET", at("x.bad"))).status).toBe(404);
  });

  it("needs the scope to write, and unknown ones are unknown", async () => {
    const { key } = await createApiKey(world.ctx, world.actor, { name: "r", scopes: ["endpoints:read"] });
    const { POST } = await import("@/app/api/v1/event-types/route");
    const response = await POST(
      new Request("http://signpost.test/api/v1/event-types", {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: '{"name":"a.b"}',
      }),
      { params: Promise.resolve({}) },
    );
    expect(response.status).toBe(403);
    for (const [method, rest] of [
      ["GET", ""],
      ["POST", "/archive"],
      ["POST", "/restore"],
    ] as const) {
      expect((await api.call(method, at("never.heard.of", rest))).status).toBe(404);
    }
    expect((await api.call("PATCH", at("never.heard.of"), { description: "x" })).status).toBe(404);
  });
});

describe("packs", () => {
  it.each(PACKS.map((pack) => [pack.slug, pack] as const))(
    "%s installs once, and shows what it would do",
    async (slug, pack) => {
      const find = async () =>
        (await api.call("GET", "/api/v1/event-types/packs")).json.data.find(
          (one: { slug: string }) => one.slug === slug,
        );
      const steps = (dto: { types: { step: string }[] }) => new Set(dto.types.map(({ step }) => step));
      expect(steps(await find())).toEqual(new Set(["add"]));
      const installed = await api.call("POST", `/api/v1/event-types/packs/${slug}`);
      expect([installed.status, steps(installed.json)]).toEqual([200, new Set(["add"])]);
      expect(steps(await find())).toEqual(new Set(["present"]));
      expect(steps((await api.call("POST", `/api/v1/event-types/packs/${slug}`)).json)).toEqual(
        new Set(["present"]),
      );
      for (const type of pack.types) {
        const { json } = await api.call("GET", at(type.name));
        expect(json).toMatchObject({
          pack: slug,
          description: type.description,
          example_text: type.example.data,
        });
      }
    },
  );

  it("complete what is empty, restore what is archived, and leave what people wrote", async () => {
    const other = await world.ctx.db.prisma.workspace.create({
      data: {
        id: world.ctx.newId("workspace"),
        slug: `w${unique++}`,
        name: "Other",
        environments: { create: [{ id: world.ctx.newId("environment"), kind: "live" }] },
      },
      include: { environments: true },
    });
    const client = await openApiClient(world.ctx, {
      ...world.owner(other.environments[0]?.id),
      workspaceId: other.id,
    });
    await client.call("POST", "/api/v1/event-types", { name: "score.updated" });
    await client.call("POST", "/api/v1/event-types", {
      name: "monitoring.alert",
      description: "Our own words",
      example_text: "[1]",
    });
    await client.call("POST", "/api/v1/event-types", { name: "batch.completed", example_text: "[2]" });
    await client.call("POST", "/api/v1/event-types/batch.completed/archive");
    const { json } = await client.call("POST", "/api/v1/event-types/packs/vizi");
    expect(json.types.map((type: { name: string; step: string }) => [type.name, type.step])).toEqual([
      ["score.updated", "complete"],
      ["score.threshold.crossed", "add"],
      ["monitoring.alert", "present"],
      ["batch.completed", "restore"],
    ]);
    const read = async (name: string) => (await client.call("GET", at(name))).json;
    expect((await read("score.updated")).example_text).toContain("previous_score");
    expect(await read("monitoring.alert")).toMatchObject({
      description: "Our own words",
      example_text: "[1]",
    });
    expect(await read("batch.completed")).toMatchObject({ archived_at: null, example_text: "[2]" });
  });

  it("two people at once install one pack once; an unknown one is unknown", async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => api.call("POST", "/api/v1/event-types/packs/visisto")),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await api.call("POST", "/api/v1/event-types/packs/nobody")).status).toBe(404);
  });
});

describe("tests send the examples", () => {
  it("of every type of every pack, to its own profile's form", async () => {
    for (const pack of PACKS) {
      const path = freshPath();
      const { json: endpoint } = await api.call("POST", "/api/v1/endpoints", {
        url: `${world.receiver.url}${path}`,
        event_types: ["unused.type"],
        profile: pack.profile,
      });
      for (const { name } of pack.types) {
        const sent = await api.call("POST", `/api/v1/endpoints/${endpoint.id}/test`, { type: name });
        expect([name, sent.status]).toEqual([name, 202]);
        const delivery = await world.waitForDelivery(sent.json.event_id, (row) => row.state === "succeeded");
        const [attempt] = delivery.attempts;
        const example = pack.types.find((type) => type.name === name)?.example;
        expect(attempt?.request.body).toContain(example?.data ?? "?");
      }
    }
  });

  it("with their attributes and subject, or the subject that the endpoint is scoped to", async () => {
    const attributed = freshPath();
    const { json: vivoldi } = await api.call("POST", "/api/v1/endpoints", {
      url: `${world.receiver.url}${attributed}`,
      event_types: ["*"],
      profile: "vivoldi",
    });
    await api.call("POST", `/api/v1/endpoints/${vivoldi.id}/test`, { type: "stamp.used" });
    await bodyAt(attributed);
    const request = world.receiver.requests.find((one) => one.target === attributed);
    const header = (name: string) => (request === undefined ? null : headerOf(request, name));
    expect([header("X-Vivoldi-Resource-Type"), header("X-Vivoldi-Action-Type")]).toEqual(["STAMP", "USE"]);

    const bodies: { wallet: string }[] = [];
    for (const subjects of [[], ["0xmine"]]) {
      const path = freshPath();
      const { json } = await api.call("POST", "/api/v1/endpoints", {
        url: `${world.receiver.url}${path}`,
        event_types: ["*"],
        profile: "nzochain",
        subjects,
      });
      await api.call("POST", `/api/v1/endpoints/${json.id}/test`, { type: "threat.detected" });
      bodies.push(JSON.parse(await bodyAt(path)));
    }
    expect(bodies.map(({ wallet }) => wallet)).toEqual([
      "0x742d35Cc6634C0532925a3b8D4C9B5e55d7b1234",
      "0xmine",
    ]);
  });

  it("the catalogue's own example byte for byte; given data wins; a type without one says who sent it", async () => {
    const name = freshName();
    await create({ name, example_text: AWKWARD });
    const path = freshPath();
    const { json } = await api.call("POST", "/api/v1/endpoints", {
      url: `${world.receiver.url}${path}`,
      event_types: ["*"],
    });
    const sent = async (body: Record<string, unknown>) => {
      const answer = await api.call("POST", `/api/v1/endpoints/${json.id}/test`, body);
      const delivery = await world.waitForDelivery(answer.json.event_id, (row) => row.state === "succeeded");
      return delivery.attempts[0]?.request.body ?? "";
    };
    expect(await sent({ type: name })).toContain(`"data":${AWKWARD}}`);
    expect(await sent({ type: name, data_text: "[7]" })).toContain('"data":[7]}');
    expect(await sent({ type: "nobody.described" })).toContain("This is a test from Signpost.");
    const viaWebhooks = await api.call("POST", "/api/v1/webhooks/test", {
      endpoint_id: json.id,
      event_type: name,
    });
    expect(viaWebhooks.status).toBe(202);
  });
});
