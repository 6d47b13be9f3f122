// Profiles as people and programs use them: list, clone, edit into versions, restore, archive, preview.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createProfileInput,
  listProfilesQuery,
  previewProfileInput,
  updateProfileInput,
} from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { BUILT_IN_PROFILES, builtInProfile } from "@/lib/domain/profile/built-in";
import { compileProfile } from "@/lib/domain/profile/compile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { getEndpoint } from "@/lib/server/services/get-endpoint";
import { applyProfile } from "@/lib/server/services/profiles/apply-profile";
import { archiveProfile, unarchiveProfile } from "@/lib/server/services/profiles/archive-profile";
import { createProfile } from "@/lib/server/services/profiles/create-profile";
import { getProfile, getProfileVersion } from "@/lib/server/services/profiles/get-profile";
import { listProfiles } from "@/lib/server/services/profiles/list-profiles";
import { previewProfile } from "@/lib/server/services/profiles/preview-profile";
import { restoreProfileVersion } from "@/lib/server/services/profiles/restore-profile-version";
import { updateProfile } from "@/lib/server/services/profiles/update-profile";
import { setEndpointAuth } from "@/lib/server/services/set-endpoint-auth";
import { createWorld, type World } from "../support/world";

let world: World;
let sandbox: Actor;
beforeAll(async () => {
  world = await createWorld();
  sandbox = world.owner(world.environments.sandbox);
});
afterAll(() => world.close());

const VIZI = builtInProfile("vizi")?.definition as ProfileDefinition;
const withHeader = (name: string): ProfileDefinition => ({
  ...VIZI,
  headers: [...VIZI.headers, { name, value: "{{event.type}}" }],
});
let made = 0;
const clone = (input: Record<string, unknown> = {}) =>
  createProfile(
    world.ctx,
    world.actor,
    createProfileInput.parse({ name: `Mine ${++made}`, based_on: "vizi", ...input }),
  );
const change = (ref: string, input: Record<string, unknown>, actor: Actor = world.actor) =>
  updateProfile(world.ctx, actor, ref, updateProfileInput.parse(input));
const endpoint = (profile: string, actor: Actor = world.actor, more: Record<string, unknown> = {}) =>
  createEndpoint(world.ctx, actor, {
    url: `${world.receiver.url}/200`,
    event_types: ["never.sent"],
    profile,
    ...more,
  });
const list = (query: Record<string, unknown> = {}) =>
  listProfiles(world.ctx, world.actor, listProfilesQuery.parse(query));
const auditOf = (id: string) =>
  world.ctx.db.prisma.auditEntry.findMany({ where: { targetId: id }, orderBy: { id: "asc" } });

describe("what there is", () => {
  it("lists the built-in ones first, then the workspace's own, in pages", async () => {
    const mine = await clone({ name: "Zebra" });
    const all = await list({ limit: 250 });
    expect(all.data.slice(0, BUILT_IN_PROFILES.length).map(({ slug }) => slug)).toEqual(
      BUILT_IN_PROFILES.map(({ slug }) => slug),
    );
    expect(all.data.at(-1)).toMatchObject({ slug: "zebra", id: mine.id, built_in: false, based_on: "vizi" });
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 5, ...(cursor && { cursor }) });
      paged.push(...page.data.map(({ slug }) => slug));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.data.map(({ slug }) => slug));
    expect((await list({ show: "own" })).data.every((profile) => !profile.built_in)).toBe(true);
    await expect(list({ cursor: "nothing-like-it" })).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("counts the endpoints of each, here, behind and in the other environment", async () => {
    const before = (await list({ limit: 250 })).data.find(({ slug }) => slug === "standard-webhooks");
    const { slug } = await clone();
    const one = await endpoint(slug);
    await endpoint(slug, sandbox);
    await endpoint("standard-webhooks");
    await change(slug, { definition: withHeader("X-More"), apply_to_endpoints: false });
    const rows = (await list({ limit: 250 })).data;
    expect(rows.find((row) => row.slug === slug)).toMatchObject({
      version: 2,
      endpoints: 1,
      endpoints_behind: 1,
      endpoints_elsewhere: 1,
    });
    expect(rows.find((row) => row.slug === "standard-webhooks")).toMatchObject({
      endpoints: (before?.endpoints ?? 0) + 1,
      endpoints_behind: 0,
    });
    await deleteEndpoint(world.ctx, world.actor, one.id);
    expect((await list({ limit: 250 })).data.find((row) => row.slug === slug)?.endpoints).toBe(0);
  });

  it("gives one by slug or id, with definition, versions and events to try it with", async () => {
    const mine = await clone({ note: "A first try" });
    for (const ref of [mine.slug, mine.id ?? ""]) {
      expect(await getProfile(world.ctx, world.actor, ref)).toMatchObject({
        slug: mine.slug,
        definition: VIZI,
        versions: [{ number: 1, note: "A first try", endpoints: 0 }],
        samples: [{ type: "score.updated" }, {}, {}, {}],
      });
    }
    expect(await getProfile(world.ctx, world.actor, "stripe")).toMatchObject({
      id: null,
      built_in: true,
      version: 1,
      versions: [{ number: 1, author: null }],
      samples: [{ type: "invoice.paid" }],
    });
  });

  it("T-01 profiles of another workspace, unknown and malformed references are all as unknown", async () => {
    const { slug, id } = await clone();
    const stranger = { ...world.actor, workspaceId: "ws_00000000000000000000000000" };
    for (const ref of [slug, id ?? "", "nothing", "x/../y", "prof_", "~drafts"]) {
      await expect(getProfile(world.ctx, stranger, ref)).rejects.toMatchObject({
        code: "not_found",
        message: "There is no such profile in this workspace.",
      });
    }
    const seen = await listProfiles(world.ctx, stranger, listProfilesQuery.parse({ show: "own" }));
    expect(seen.data).toEqual([]);
    await expect(change(slug, { name: "Taken over" }, stranger)).rejects.toMatchObject({ code: "not_found" });
    expect((await getProfile(world.ctx, world.actor, slug)).name).not.toBe("Taken over");
  });

  it("names the author of a version: a person or a key", async () => {
    const user = await world.ctx.db.prisma.user.create({
      data: { id: world.ctx.newId("user"), email: "ada@example.com", name: "Ada" },
    });
    const ada = { ...world.owner(), userId: user.id };
    const mine = await createProfile(
      world.ctx,
      ada,
      createProfileInput.parse({ name: "Ada's", based_on: "svix" }),
    );
    expect(mine.versions[0]).toMatchObject({ author: "Ada", note: "From Svix, version 1" });
  });
});

describe("making", () => {
  it("from scratch, as a clone of a built-in, of an own one, and of an older version", async () => {
    const scratch = await createProfile(
      world.ctx,
      world.actor,
      createProfileInput.parse({ name: "From scratch", definition: VIZI }),
    );
    expect(scratch).toMatchObject({ slug: "from-scratch", based_on: null, version: 1, definition: VIZI });
    expect(scratch.samples[0]?.type).toBe("order.paid");
    const { slug } = await clone();
    await change(slug, { definition: withHeader("X-Second") });
    const newest = await clone({ based_on: slug });
    expect(newest.definition).toEqual(withHeader("X-Second"));
    expect(newest.samples[0]?.type).toBe("score.updated");
    const older = await clone({ based_on: slug, based_on_version: 1 });
    expect(older).toMatchObject({ definition: VIZI, based_on: slug });
    const changed = await clone({ definition: withHeader("X-Own") });
    expect(changed).toMatchObject({ based_on: "vizi", definition: withHeader("X-Own") });
    expect((await auditOf(newest.id ?? "")).map(({ action }) => action)).toEqual(["profile.created"]);
  });

  it("keeps the text of the envelope as it was typed", async () => {
    const envelope = '{ "z": 1.0, "a":"{{event.data}}",\n "m": 1e2 }';
    const { slug } = await clone({ definition: { ...VIZI, envelope } });
    expect((await getProfile(world.ctx, world.actor, slug)).definition.envelope).toBe(envelope);
  });

  it("makes a free slug of the name, and refuses one that is taken or Signpost's", async () => {
    const slugs = [];
    for (const name of ["Müller & Co.", "Müller & Co.", "preview", "Stripe", "🦊"]) {
      slugs.push((await clone({ name })).slug);
    }
    expect(slugs).toEqual(["muller-co", "muller-co-2", "preview-2", "stripe-2", "profile"]);
    await expect(clone({ slug: slugs[1] })).rejects.toMatchObject({ code: "conflict" });
    for (const slug of ["stripe", "test"]) {
      await expect(clone({ slug })).rejects.toMatchObject({
        code: "invalid_request",
        errors: [{ path: "slug" }],
      });
    }
    await expect(clone({ based_on: "nothing" })).rejects.toMatchObject({ errors: [{ path: "based_on" }] });
    await expect(clone({ based_on_version: 7 })).rejects.toMatchObject({
      errors: [{ path: "based_on_version", message: "VIZI has no version 7; the newest is 1." }],
    });
  });

  it("two at once get two slugs", async () => {
    const both = await Promise.all([clone({ name: "Twins" }), clone({ name: "Twins" })]);
    expect(both.map(({ slug }) => slug).sort()).toEqual(["twins", "twins-2"]);
  });
});

describe("versions", () => {
  it("an equal definition makes none, however its members are ordered; a changed one makes the next", async () => {
    const { slug, id } = await clone();
    const shuffled = Object.fromEntries(Object.entries(VIZI).reverse());
    expect(await change(slug, { definition: shuffled, note: "nothing new" })).toMatchObject({ version: 1 });
    expect(await auditOf(id ?? "")).toHaveLength(1);
    const second = await change(slug, { definition: withHeader("X-A"), note: "One more header" });
    expect(second).toMatchObject({
      version: 2,
      versions: [{ number: 2, note: "One more header" }, { number: 1 }],
      moved_endpoints: 0,
    });
    expect(await getProfileVersion(world.ctx, world.actor, slug, 1)).toMatchObject({ definition: VIZI });
    await expect(getProfileVersion(world.ctx, world.actor, slug, 3)).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await auditOf(id ?? "")).at(-1)).toMatchObject({
      action: "profile.updated",
      detail: { version: 2, note: "One more header" },
    });
  });

  it("a name and a description change without a version", async () => {
    const { slug } = await clone();
    const renamed = await change(slug, { name: "Other", description: "What for" });
    expect(renamed).toMatchObject({ slug, name: "Other", description: "What for", version: 1 });
    expect(() => updateProfileInput.parse({ note: "lost" })).toThrow(/belongs to a new version/);
  });

  it("who edits an old version is told, and overwrites nothing", async () => {
    const { slug } = await clone();
    await change(slug, { definition: withHeader("X-First"), base_version: 1 });
    await expect(change(slug, { definition: withHeader("X-Late"), base_version: 1 })).rejects.toMatchObject({
      code: "conflict",
      errors: [{ path: "base_version" }],
    });
    expect((await getProfile(world.ctx, world.actor, slug)).version).toBe(2);
  });

  it("of two who save at once from one version, one wins", async () => {
    const { slug } = await clone();
    const results = await Promise.allSettled(
      ["X-One", "X-Two"].map((name) => change(slug, { definition: withHeader(name), base_version: 1 })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await getProfile(world.ctx, world.actor, slug)).version).toBe(2);
  });

  it("an older one can be saved as the newest", async () => {
    const { slug } = await clone();
    await change(slug, { definition: withHeader("X-Mistake") });
    const restored = await restoreProfileVersion(world.ctx, world.actor, slug, 1, {});
    expect(restored).toMatchObject({
      version: 3,
      definition: VIZI,
      versions: [{ note: "Version 1 again" }, {}, {}],
    });
    await expect(restoreProfileVersion(world.ctx, world.actor, slug, 1, {})).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("built-in and archived profiles cannot be changed", async () => {
    await expect(change("vizi", { name: "Mine" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining('based_on: "vizi"'),
    });
    const { slug } = await clone();
    await archiveProfile(world.ctx, world.actor, slug);
    await expect(change(slug, { name: "Back" })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("moving endpoints to a new version", () => {
  it("moves those of this environment, in the same step; settings of their own stay", async () => {
    const { slug } = await clone();
    const follows = await endpoint(slug);
    const own = await endpoint(slug, world.actor, { timeout_ms: 3_000 });
    const elsewhere = await endpoint(slug, sandbox);
    const routingVersion = async () =>
      (
        await world.ctx.db.prisma.environment.findUniqueOrThrow({
          where: { id: world.actor.environmentId },
        })
      ).endpointVersion;
    const before = await routingVersion();
    const changed = await change(slug, {
      definition: {
        ...withHeader("X-V2"),
        timeout_ms: 9_000,
        retry_policy: { preset: "quick" },
        auto_disable: null,
      },
    });
    expect(changed).toMatchObject({ moved_endpoints: 2, endpoints: 2, endpoints_behind: 0 });
    expect(await getEndpoint(world.ctx, world.actor, follows.id)).toMatchObject({
      profile: { slug, version: 2, latest_version: 2 },
      timeout_ms: 9_000,
      retry_policy: { preset: "quick" },
      auto_disable: false,
      overrides: [],
    });
    expect(await getEndpoint(world.ctx, world.actor, own.id)).toMatchObject({
      profile: { version: 2 },
      timeout_ms: 3_000,
      retry_policy: { preset: "quick" },
      overrides: ["timeout_ms"],
    });
    expect(await getEndpoint(world.ctx, sandbox, elsewhere.id)).toMatchObject({
      profile: { version: 1, latest_version: 2 },
      timeout_ms: 30_000,
    });
    expect(await routingVersion()).toBeGreaterThan(before);
    expect((await auditOf(follows.id)).at(-1)).toMatchObject({
      action: "endpoint.updated",
      detail: {
        before: { profile: `${slug}, version 1` },
        after: { profile: `${slug}, version 2` },
      },
    });
  });

  it("is refused as a whole with each endpoint that would need a new secret, and saves nothing", async () => {
    const { slug } = await clone({ based_on: "github" });
    const imported = await endpoint(slug, world.actor, { secret: "It's a Secret to Everybody" });
    const hex = await endpoint(slug);
    const definition = {
      ...builtInProfile("github")?.definition,
      signature: { ...(builtInProfile("github")?.definition.signature as object), key: "hex" },
    };
    await expect(change(slug, { definition })).rejects.toMatchObject({
      code: "conflict",
      errors: [
        {
          path: "apply_to_endpoints",
          message: `${imported.id} (${new URL(imported.url).host}): it needs a new secret, because this version signs with another kind`,
        },
      ],
    });
    expect((await getProfile(world.ctx, world.actor, slug)).version).toBe(1);
    expect((await getEndpoint(world.ctx, world.actor, hex.id)).profile.version).toBe(1);
    expect(await change(slug, { definition, apply_to_endpoints: false })).toMatchObject({
      version: 2,
      moved_endpoints: 0,
      endpoints_behind: 2,
    });
  });

  it("is refused for endpoints whose own headers the version would send", async () => {
    const { slug } = await clone();
    const { id } = await endpoint(slug, world.actor, { headers: { "x-mine": "1" } });
    await expect(change(slug, { definition: withHeader("X-Mine") })).rejects.toMatchObject({
      code: "conflict",
      errors: [{ message: expect.stringContaining(`${id}`) }],
    });
  });

  it("is refused for endpoints whose authentication sets a header that the version would send", async () => {
    const { slug } = await clone();
    const { id } = await endpoint(slug);
    const auth = { kind: "api_key", header: "X-Gateway", value: "abc" } as const;
    await setEndpointAuth(world.ctx, world.actor, id, auth);
    const refused = {
      code: "conflict",
      errors: [{ message: expect.stringContaining("its authentication sets x-gateway") }],
    };
    await expect(change(slug, { definition: withHeader("X-Gateway") })).rejects.toMatchObject(refused);
    await change(slug, { definition: withHeader("X-Gateway"), apply_to_endpoints: false });
    await expect(applyProfile(world.ctx, world.actor, slug)).rejects.toMatchObject(refused);
    expect((await getEndpoint(world.ctx, world.actor, id)).profile.version).toBe(1);
    expect(await change(slug, { definition: withHeader("X-Other") })).toMatchObject({ moved_endpoints: 1 });
  });

  it("T-05 tells who may not change endpoints nothing about them, and nobody their whole address", async () => {
    const { slug } = await clone();
    await endpoint(slug, world.actor, {
      url: `${world.receiver.url}/200?token=hidden`,
      headers: { "X-Mine": "1" },
    });
    const key: Actor = {
      kind: "api_key",
      keyId: "key_3",
      label: "profiles only",
      scopes: ["profiles:write"],
      workspaceId: world.actor.workspaceId,
      environmentId: world.actor.environmentId,
      ip: null,
    };
    const refusal = (actor: Actor) =>
      change(slug, { definition: withHeader("X-Mine") }, actor).catch((error: unknown) => error);
    expect(await refusal(key)).toMatchObject({ code: "forbidden", errors: undefined });
    const told = await refusal(world.actor);
    expect(told).toMatchObject({ code: "conflict" });
    expect(JSON.stringify(told)).toContain(`(${new URL(world.receiver.url).host})`);
    expect(JSON.stringify(told)).not.toContain("token=hidden");
  });

  it("needs endpoints:write, when there are any", async () => {
    const key: Actor = {
      kind: "api_key",
      keyId: "key_1",
      label: "profiles only",
      scopes: ["profiles:read", "profiles:write"],
      workspaceId: world.actor.workspaceId,
      environmentId: world.actor.environmentId,
      ip: null,
    };
    const { slug } = await clone();
    expect(await change(slug, { definition: withHeader("X-2") }, key)).toMatchObject({ version: 2 });
    await endpoint(slug);
    await expect(change(slug, { definition: withHeader("X-3") }, key)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await getProfile(world.ctx, world.actor, slug)).version).toBe(2);
    const alone = { definition: withHeader("X-3"), apply_to_endpoints: false };
    expect(await change(slug, alone, key)).toMatchObject({ version: 3, endpoints_behind: 1 });
  });
});

describe("archiving", () => {
  it("is refused while endpoints of any environment use it, and keeps new ones from taking it", async () => {
    const { slug } = await clone();
    const one = await endpoint(slug);
    const two = await endpoint(slug, sandbox);
    await expect(archiveProfile(world.ctx, world.actor, slug)).rejects.toMatchObject({
      code: "conflict",
      message:
        "2 endpoints use this profile, 1 of them in the other environment. Move them to another one first.",
    });
    await deleteEndpoint(world.ctx, world.actor, one.id);
    await expect(archiveProfile(world.ctx, world.actor, slug)).rejects.toMatchObject({ code: "conflict" });
    await deleteEndpoint(world.ctx, sandbox, two.id);
    expect((await archiveProfile(world.ctx, world.actor, slug)).archived_at).not.toBeNull();
    await expect(endpoint(slug)).rejects.toMatchObject({ errors: [{ path: "profile" }] });
    const slugs = async (show: string) => (await list({ show, limit: 250 })).data.map((row) => row.slug);
    expect(await slugs("all")).not.toContain(slug);
    expect(await slugs("archived")).toContain(slug);
    expect((await unarchiveProfile(world.ctx, world.actor, slug)).archived_at).toBeNull();
    expect(await slugs("own")).toContain(slug);
    await endpoint(slug);
    const byDefault = await clone();
    const environment = { where: { id: world.environments.sandbox } };
    const setDefault = (defaultProfile: string | null) =>
      world.ctx.db.prisma.environment.update({ ...environment, data: { defaultProfile } });
    await setDefault(byDefault.id);
    await expect(archiveProfile(world.ctx, world.actor, byDefault.slug)).rejects.toMatchObject({
      message: expect.stringContaining("sandbox environment"),
    });
    await setDefault(null);
    await archiveProfile(world.ctx, world.actor, byDefault.slug);
    await expect(archiveProfile(world.ctx, world.actor, "vizi")).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("previews", () => {
  const preview = (input: Record<string, unknown>, actor: Actor = world.actor) =>
    previewProfile(world.ctx, actor, previewProfileInput.parse(input));

  it("are the exact request, and verify with the secret that they name", async () => {
    for (const { slug, definition } of BUILT_IN_PROFILES) {
      const at = "2026-03-15T14:30:00.000Z";
      const shown = await preview({ profile: slug, at });
      expect(await preview({ profile: slug, at })).toEqual(shown);
      const profile = compileProfile(definition);
      const verdict = profile.verify({
        headers: [...shown.headers, ["host", new URL(shown.url).host]],
        body: Buffer.from(shown.body),
        keys: [profile.openKey(shown.secret)],
        nowMs: Date.parse(at),
        method: shown.method,
        url: shown.url,
      });
      expect({ slug, verdict }).toEqual({ slug, verdict: { outcome: "verified", keyIndex: 0 } });
      expect(shown.body_size).toBe(Buffer.byteLength(shown.body));
    }
  });

  it("take a draft, an example with its bytes as they are, and the time and number of an attempt", async () => {
    const data_text = '{"b":1,"a":12345678901234567890,"b":"\\u00e9 😀"}';
    const shown = await preview({
      definition: withHeader("X-Draft"),
      event: { type: "score.updated", id: "mine", timestamp: "2026-01-01T00:00:00Z", data_text },
      at: "2026-03-15T14:30:00Z",
      attempt_number: 4,
      url: "https://example.com/x?y=1",
    });
    expect(shown.body).toBe(
      `{"id":"mine","type":"score.updated","created_at":"2026-01-01T00:00:00Z","data":${data_text}}`,
    );
    expect(shown).toMatchObject({ url: "https://example.com/x?y=1", at: "2026-03-15T14:30:00.000Z" });
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "X-Vizi-Delivery-Attempt": "4",
      "X-Vizi-Timestamp": "1773585000",
      "X-Draft": "score.updated",
    });
  });

  it("take a past event of this environment only, and only for those who may read payloads", async () => {
    const { id } = await world.send("score.updated", '{"big":1.10}', { subject: "0xabc", tenant: "acme" });
    const shown = await preview({ profile: "nzochain", event_id: id });
    expect(shown.body).toContain('"wallet":"0xabc"');
    expect(shown.body).toContain('"data":{"big":1.10}');
    await expect(preview({ profile: "vizi", event_id: id }, sandbox)).rejects.toMatchObject({
      code: "not_found",
    });
    const blind: Actor = {
      kind: "api_key",
      keyId: "key_2",
      label: "blind",
      scopes: ["profiles:read"],
      workspaceId: world.actor.workspaceId,
      environmentId: world.actor.environmentId,
      ip: null,
    };
    await expect(preview({ profile: "vizi", event_id: id }, blind)).rejects.toMatchObject({
      code: "forbidden",
    });
    await world.ctx.db.prisma.event.updateMany({
      where: { id },
      data: { data: null, payloadClearedAt: new Date() },
    });
    await expect(preview({ profile: "vizi", event_id: id })).rejects.toMatchObject({ code: "conflict" });
  });

  const badHeader = { ...VIZI, headers: [{ name: "X-A", value: "{{event.nope}}" }] };
  const badRotation = { ...VIZI, rotation: { overlap: "allowed", default_overlap_seconds: 60 } };
  const event = { type: "a.b", data_text: "1" };
  it.each([
    ["no definition", {}, "definition"],
    ["two definitions", { definition: VIZI, profile: "vizi" }, "definition"],
    ["the version of a draft", { definition: VIZI, version: 1 }, "version"],
    ["two events", { profile: "vizi", event, event_id: "x" }, "event_id"],
    ["data that is no JSON", { profile: "vizi", event: { ...event, data_text: "{" } }, "event.data_text"],
    ["an address that is no URL of the web", { profile: "vizi", url: "ftp://example.com" }, "url"],
    ["an unknown value in a header", { definition: badHeader }, "definition.headers.0.value"],
    ["parts that contradict", { definition: badRotation }, "definition.rotation.overlap"],
  ])("refuse %s at its place", (_what, input, path) => {
    const parsed = previewProfileInput.safeParse(input);
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
  });
});
