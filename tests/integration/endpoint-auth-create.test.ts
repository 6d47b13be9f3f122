// Authentication that is given with a new endpoint: all of it or nothing is made, the first request has it, and answers
// about the endpoint show its kind and a hint.
import { afterAll, beforeAll, expect, test } from "vitest";
import * as authRoute from "@/app/api/v1/endpoints/[id]/auth/route";
import * as one from "@/app/api/v1/endpoints/[id]/route";
import * as list from "@/app/api/v1/endpoints/route";
import { setRuntime } from "@/lib/server/runtime";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { listAudit } from "@/lib/server/services/list-audit";
import { headerOf } from "@/tests/support/receiver/http-reader";
import { createWorld, type World } from "@/tests/support/world";

let world: World;
let key: string;

beforeAll(async () => {
  world = await createWorld();
  setRuntime({ ...world.ctx, stop: async () => undefined });
  ({ key } = await createApiKey(world.ctx, world.actor, {
    name: "k",
    scopes: ["endpoints:read", "endpoints:write"],
  }));
});
afterAll(async () => {
  setRuntime(null);
  await world.close();
});

const request = (method: string, body?: object) =>
  new Request("http://signpost.test/api/v1/endpoints", {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
const none = { params: Promise.resolve({}) };
const at = (id: string) => ({ params: Promise.resolve({ id }) });

async function create(type: string, fields: object) {
  const body = { url: `${world.receiver.url}/ok`, event_types: [type], ...fields };
  const response = await list.POST(request("POST", body), none);
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}
const count = () => world.ctx.db.prisma.endpoint.count();

test("it is sent with the first request, and shown by kind and hint wherever the endpoint is shown", async () => {
  const auth = { kind: "bearer", token: "canary-token-abcdef" };
  const { status, text, json } = await create("auth.create", { auth });
  expect([status, text.includes("canary")]).toEqual([201, false]);
  const shown = { auth: { kind: "bearer", hint: "…cdef" }, client_certificate: null };
  expect(json).toMatchObject(shown);
  expect(await (await one.GET(request("GET"), at(json.id))).json()).toMatchObject(shown);
  const page = await (await list.GET(request("GET"), none)).json();
  expect(page.data.find(({ id }: { id: string }) => id === json.id)).toMatchObject(shown);

  const { id } = await world.send("auth.create");
  await world.waitForDelivery(id, (row) => row.state === "succeeded");
  const received = world.receiver.requests.find((got) => headerOf(got, "webhook-id") === id);
  expect(received && headerOf(received, "authorization")).toBe("Bearer canary-token-abcdef");

  const { data } = await listAudit(world.ctx, world.actor, { target: json.id, limit: 5 });
  expect(data[0]?.detail).toMatchObject({ auth: "bearer", auth_hint: "…cdef" });

  await authRoute.DELETE(request("DELETE"), at(json.id));
  expect(await (await one.GET(request("GET"), at(json.id))).json()).toMatchObject({ auth: null });
});

test.each([
  ["a kind that there is not", { auth: { kind: "digest" } }, 400, "auth.kind"],
  ["a field of another kind", { auth: { kind: "bearer", token: "t", username: "u" } }, 400, "auth"],
  [
    "a header of its own",
    { auth: { kind: "bearer", token: "t" }, headers: { Authorization: "x" } },
    400,
    "auth.kind",
  ],
  [
    "a header of its profile",
    { profile: "github", auth: { kind: "api_key", header: "X-GitHub-Event", value: "v" } },
    400,
    "auth.header",
  ],
  [
    "S-15 a token URL that must not be called",
    { auth: { kind: "oauth2", token_url: "https://10.1.2.3/t", client_id: "c", client_secret: "s" } },
    422,
    "auth.token_url",
  ],
])("refused, and no endpoint is made: %s", async (_title, fields, expected, path) => {
  const before = await count();
  const { status, json } = await create("auth.refused", fields);
  expect([status, json.errors[0].path]).toEqual([expected, path]);
  expect(await count()).toBe(before);
});
