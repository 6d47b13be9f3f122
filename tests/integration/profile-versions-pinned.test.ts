// A delivery keeps the version of the profile that it was made with: on retries, on replays, after the profile has changed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createProfileInput, updateProfileInput } from "@/lib/contracts/profiles";
import { builtInProfile } from "@/lib/domain/profile/built-in";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { MOVE_CHUNK } from "@/lib/server/repositories/endpoint-deliveries";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { deleteEndpoint } from "@/lib/server/services/delete-endpoint";
import { enableEndpoint } from "@/lib/server/services/enable-endpoint";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { getEndpoint } from "@/lib/server/services/get-endpoint";
import { pauseEndpoint } from "@/lib/server/services/pause-endpoint";
import { applyProfile } from "@/lib/server/services/profiles/apply-profile";
import { createProfile } from "@/lib/server/services/profiles/create-profile";
import { updateProfile } from "@/lib/server/services/profiles/update-profile";
import { replayDelivery } from "@/lib/server/services/replay-delivery";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { headerOf } from "../support/receiver/http-reader";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
const made: string[] = [];
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const id of made.splice(0)) await deleteEndpoint(world.ctx, world.actor, id);
  world.receiver.requests.length = 0;
});

const BASE = builtInProfile("nzochain")?.definition as ProfileDefinition;
const form = (version: number): ProfileDefinition => ({
  ...BASE,
  envelope: `{"form":${version},"data":"{{event.data}}"}`,
  headers: [{ name: "X-Form", value: String(version) }],
  retry_policy: { delays_seconds: [0, 600, 600] },
});
let count = 0;
async function profileAt(version: number): Promise<string> {
  const input = createProfileInput.parse({ name: `Pinned ${++count}`, definition: form(version) });
  return (await createProfile(world.ctx, world.actor, input)).slug;
}
const save = (slug: string, version: number, apply: boolean) =>
  updateProfile(
    world.ctx,
    world.actor,
    slug,
    updateProfileInput.parse({ definition: form(version), apply_to_endpoints: apply }),
  );
async function endpoint(slug: string, path: string): Promise<string> {
  const created = await createEndpoint(world.ctx, world.actor, {
    url: `${world.receiver.url}${path}`,
    event_types: ["*"],
    profile: slug,
  });
  made.push(created.id);
  return created.id;
}
/** Body and header of the request at this position, once it is there. */
async function formAt(index: number): Promise<[body: string | undefined, header: string | null]> {
  await world.receiver.waitFor(index + 1);
  const request = world.receiver.requests[index];
  return [request?.body.toString(), request === undefined ? null : headerOf(request, "x-form")];
}
const FORM_1 = ['{"form":1,"data":{"a": 1}}', "1"];
const FORM_2 = ['{"form":2,"data":{"a": 1}}', "2"];
const event = () => world.send("a.b", '{"a": 1}');

describe("versions of a profile are pinned", () => {
  it("an endpoint keeps sending its version after another one was saved without it, until it is moved", async () => {
    const slug = await profileAt(1);
    const id = await endpoint(slug, "/200");
    await event();
    expect(await formAt(0)).toEqual(FORM_1);
    await save(slug, 2, false);
    await event();
    expect(await formAt(1)).toEqual(FORM_1);
    expect((await getEndpoint(world.ctx, world.actor, id)).profile).toMatchObject({
      version: 1,
      latest_version: 2,
    });
    expect(await applyProfile(world.ctx, world.actor, slug)).toMatchObject({ moved_endpoints: 1 });
    await event();
    expect(await formAt(2)).toEqual(FORM_2);
    expect(await applyProfile(world.ctx, world.actor, slug)).toMatchObject({ moved_endpoints: 0 });
  });

  it("events after a version that was applied have its form; retries and replays of older ones do not", async () => {
    const slug = await profileAt(1);
    await endpoint(slug, "/500");
    const { id: eventId } = await event();
    expect(await formAt(0)).toEqual(FORM_1);
    const [delivery] = await world.deliveriesOf(eventId);
    const id = delivery?.id ?? "";
    await world.waitForDelivery(eventId, ({ step }) => step === 1);
    await save(slug, 2, true);
    await world.ctx.pump.attemptOne(id, { force: true });
    expect(await formAt(1)).toEqual(FORM_1);
    const settled = () =>
      eventually(
        async () =>
          (await world.ctx.db.prisma.delivery.count({ where: { replayOf: id, state: "pending" } })) === 0,
      );
    await replayDelivery(world.ctx, world.actor, id, { settings: "original" });
    expect(await formAt(2)).toEqual(FORM_1);
    await settled();
    await replayDelivery(world.ctx, world.actor, id, { settings: "current" });
    expect(await formAt(3)).toEqual(FORM_2);
    await settled();
    await event();
    expect(await formAt(4)).toEqual(FORM_2);
  });

  it("an event that comes in while a version is applied has one form or the other, never a mixture", async () => {
    const slug = await profileAt(1);
    await endpoint(slug, "/200");
    const sending = Array.from({ length: 40 }, () => event());
    await save(slug, 2, true);
    await Promise.all(sending);
    await event();
    await world.receiver.waitFor(41);
    const forms = world.receiver.requests.map((request) => [
      request.body.toString(),
      headerOf(request, "x-form"),
    ]);
    for (const seen of forms) expect([FORM_1, FORM_2]).toContainEqual(seen);
    expect(forms.at(-1)).toEqual(FORM_2);
  });

  it("a move to another kind of secret takes waiting and held deliveries along, because the old form cannot be signed", async () => {
    const slug = await profileAt(1);
    const id = await endpoint(slug, "/500");
    const waiting = await event();
    const { id: waits } = await world.waitForDelivery(waiting.id, ({ step }) => step === 1);
    await pauseEndpoint(world.ctx, world.actor, id);
    const { id: heldEvent } = await event();
    await enableEndpoint(world.ctx, world.actor, id, { held: "keep" });
    const changed = await updateEndpoint(world.ctx, world.actor, id, {
      profile: "standard-webhooks",
      new_secret: true,
    });
    const { profileVersionId } = await world.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } });
    for (const eventId of [waiting.id, heldEvent]) {
      const row = await world.ctx.db.prisma.delivery.findFirstOrThrow({ where: { eventId } });
      expect(row).toMatchObject({ profileVersionId, state: "held" });
    }
    await enableEndpoint(world.ctx, world.actor, id, { held: "release" });
    await world.waitForDelivery(waiting.id, ({ step }) => step === 2);
    const { attempts } = await getDelivery(world.ctx, world.actor, waits);
    expect(attempts.map(({ error }) => error?.class)).toEqual(["server_error", "server_error"]);
    expect("secret" in changed).toBe(true);
  });

  it("a move with a secret of the same kind leaves them as they were made", async () => {
    const slug = await profileAt(1);
    const id = await endpoint(slug, "/500");
    const { id: eventId } = await event();
    const { id: waits } = await world.waitForDelivery(eventId, ({ step }) => step === 1);
    await updateEndpoint(world.ctx, world.actor, id, { profile: await profileAt(2), new_secret: true });
    await world.ctx.pump.attemptOne(waits, { force: true });
    expect(await formAt(1)).toEqual(FORM_1);
  });

  it("takes a backlog along that is longer than one statement moves", async () => {
    const slug = await profileAt(1);
    const id = await endpoint(slug, "/500");
    const { id: eventId } = await event();
    const { id: waits } = await world.waitForDelivery(eventId, ({ step }) => step === 1);
    await pauseEndpoint(world.ctx, world.actor, id);
    await world.ctx.db.prisma.$executeRaw`
      INSERT INTO delivery (id, environment_id, event_id, endpoint_id, event_type, trigger, state, profile_version_id)
      SELECT 'dlv_pinned' || n, d.environment_id, d.event_id, d.endpoint_id, d.event_type, 'event', 'held', d.profile_version_id
      FROM delivery d, generate_series(1, ${MOVE_CHUNK}) n WHERE d.id = ${waits}`;
    await updateEndpoint(world.ctx, world.actor, id, { profile: "standard-webhooks", new_secret: true });
    const { profileVersionId } = await world.ctx.db.prisma.endpoint.findUniqueOrThrow({ where: { id } });
    const versions = await world.ctx.db.prisma.delivery.groupBy({
      by: ["profileVersionId"],
      where: { endpointId: id },
      _count: true,
    });
    expect(versions).toEqual([{ profileVersionId, _count: MOVE_CHUNK + 1 }]);
  });
});
