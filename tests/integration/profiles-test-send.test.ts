// Trying a profile for real: to an endpoint as a test delivery pinned to a version or draft, and to the Inbox.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createProfileInput, testProfileInput, updateProfileInput } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { BUILT_IN_PROFILES, builtInProfile } from "@/lib/domain/profile/built-in";
import { compileProfile } from "@/lib/domain/profile/compile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { createProfile } from "@/lib/server/services/profiles/create-profile";
import { getProfile } from "@/lib/server/services/profiles/get-profile";
import { testProfile } from "@/lib/server/services/profiles/test-profile";
import { updateProfile } from "@/lib/server/services/profiles/update-profile";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.receiver.requests.length = 0;
});

const VIZI = builtInProfile("vizi")?.definition as ProfileDefinition;
const withHeader = (name: string): ProfileDefinition => ({
  ...VIZI,
  headers: [{ name, value: "{{event.type}}" }],
});
const send = (input: Record<string, unknown>, actor: Actor = world.actor) =>
  testProfile(world.ctx, actor, testProfileInput.parse(input));
const endpoint = (profile: string, path = "/200") =>
  createEndpoint(world.ctx, world.actor, {
    url: `${world.receiver.url}${path}`,
    event_types: ["never.sent"],
    profile,
  });

/** The finished delivery of a test. */
async function deliveryOf(result: Awaited<ReturnType<typeof send>>) {
  if (result.outcome !== "delivery") throw new Error("not a delivery");
  return eventually(async () => {
    const delivery = await getDelivery(world.ctx, world.actor, result.delivery_id);
    return delivery.state === "pending" ? null : delivery;
  });
}

describe("to an endpoint", () => {
  it("sends the version that was asked for, whatever the endpoint sends, signed with its own secret", async () => {
    const { slug } = await createProfile(
      world.ctx,
      world.actor,
      createProfileInput.parse({ name: "Versions", based_on: "vizi" }),
    );
    await updateProfile(
      world.ctx,
      world.actor,
      slug,
      updateProfileInput.parse({ definition: withHeader("X-Second") }),
    );
    const { id, secret } = await endpoint(slug);
    for (const version of [1, 2]) {
      world.receiver.requests.length = 0;
      const delivery = await deliveryOf(await send({ profile: slug, version, endpoint_id: id }));
      expect(delivery).toMatchObject({ state: "succeeded", trigger: "test", event_type: "score.updated" });
      const [request] = world.receiver.requests;
      if (request === undefined) throw new Error("nothing arrived");
      expect(headerOf(request, "x-second")).toBe(version === 2 ? "score.updated" : null);
      const profile = compileProfile(VIZI);
      const verdict = profile.verify({
        headers: request.rawHeaders,
        body: request.body,
        keys: [profile.openKey(secret)],
        nowMs: Date.now(),
        method: "POST",
        url: "/200",
      });
      expect(verdict.outcome).toBe("verified");
      expect(delivery.attempts[0]?.request.body).toBe(request.body.toString());
    }
  });

  it("sends a draft, of the example that was given, and its delivery can be read later", async () => {
    const { id } = await endpoint("vizi", "/500");
    const data_text = '{"b":1,"a":12345678901234567890}';
    const event = {
      type: "score.updated",
      data_text,
      subject: "0xabc",
      timestamp: "2026-01-01T00:00:00Z",
      attributes: { a: "1" },
    };
    const draft = { definition: withHeader("X-Draft"), endpoint_id: id, event };
    const delivery = await deliveryOf(await send(draft));
    expect(delivery).toMatchObject({ state: "failed", last_status: 500, event: { subject: "0xabc" } });
    const [request] = world.receiver.requests;
    expect(request && headerOf(request, "x-draft")).toBe("score.updated");
    expect(delivery.attempts[0]?.request.body).toContain(
      `"created_at":"2026-01-01T00:00:00Z","data":${data_text}`,
    );
    // The same draft is kept once, and no list shows where.
    await deliveryOf(await send(draft));
    const kept = await world.ctx.db.prisma.profileVersion.count({
      where: { definition: { contains: "X-Draft" } },
    });
    expect(kept).toBe(1);
    await expect(getProfile(world.ctx, world.actor, "~drafts")).rejects.toMatchObject({ code: "not_found" });
    expect(
      (await world.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } })).profileVersionId,
    ).not.toBeNull();
  });

  it("sends every built-in profile's own example to an endpoint that uses it", async () => {
    for (const { slug, samples } of BUILT_IN_PROFILES) {
      const { id } = await endpoint(slug);
      const delivery = await deliveryOf(await send({ profile: slug, endpoint_id: id }));
      expect([slug, delivery.state, delivery.event_type]).toEqual([slug, "succeeded", samples[0].type]);
    }
  });

  it("is refused for an endpoint whose secret is of another kind, of another environment, or unknown", async () => {
    const { id } = await endpoint("github");
    await expect(send({ profile: "standard-webhooks", endpoint_id: id })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("another kind"),
    });
    const sandbox = world.owner(world.environments.sandbox);
    await expect(send({ profile: "github", endpoint_id: id }, sandbox)).rejects.toMatchObject({
      code: "not_found",
    });
    const writer: Actor = {
      kind: "api_key",
      keyId: "key_1",
      label: "writer",
      scopes: ["profiles:write"],
      workspaceId: world.actor.workspaceId,
      environmentId: world.actor.environmentId,
      ip: null,
    };
    await expect(send({ profile: "github", endpoint_id: id }, writer)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(world.receiver.requests).toHaveLength(0);
  });

  it("can be a past event, with a new id of its own", async () => {
    const { id: eventId } = await world.send("never.heard", '{"big":1.10}', { subject: "s" });
    const { id } = await endpoint("vizi");
    const result = await send({ profile: "vizi", endpoint_id: id, event_id: eventId });
    const delivery = await deliveryOf(result);
    expect(delivery.event_id).not.toBe(eventId);
    expect(world.receiver.requests[0]?.body.toString()).toContain('"data":{"big":1.10}');
  });
});

describe("to the Inbox", () => {
  it("goes through the guard, and what came back is told", async () => {
    const inboxWorld = await createWorld({ publicUrl: world.receiver.url });
    const ctx = inboxWorld.ctx;
    try {
      const answer = await testProfile(
        ctx,
        inboxWorld.actor,
        testProfileInput.parse({ definition: withHeader("X-D") }),
      );
      // The receiver stands where the Inbox would be: it knows no such path.
      expect(answer).toMatchObject({
        outcome: "answered",
        status: 404,
        succeeded: false,
        error: null,
        request: { method: "POST", url: expect.stringContaining("/inbox/") },
      });
      const [request] = world.receiver.requests;
      expect(request?.target).toMatch(/^\/inbox\//);
      expect(request && headerOf(request, "x-d")).toBe("order.paid");
      const entry = await ctx.db.prisma.auditEntry.findFirstOrThrow({ where: { action: "profile.tested" } });
      expect(entry.detail).toEqual({ profile: "a draft", event_type: "order.paid", status: 404 });
    } finally {
      await inboxWorld.close();
    }
  });

  it("says why nothing came back", async () => {
    const answer = await send({ profile: "vizi" });
    expect(answer).toMatchObject({ outcome: "answered", status: null, error: { class: expect.any(String) } });
  });
});
