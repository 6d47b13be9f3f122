// An envelope that makes too much of an event: the delivery ends with the reason, and previews and tests say it before.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProfileInput, previewProfileInput, testProfileInput } from "@/lib/contracts/profiles";
import { MAX_BODY_BYTES } from "@/lib/domain/profile/body-limit";
import { builtInProfile } from "@/lib/domain/profile/built-in";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { getDelivery } from "@/lib/server/services/get-delivery";
import { createProfile } from "@/lib/server/services/profiles/create-profile";
import { previewProfile } from "@/lib/server/services/profiles/preview-profile";
import { testProfile } from "@/lib/server/services/profiles/test-profile";
import { createWorld, eventually, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const definition: ProfileDefinition = {
  ...(builtInProfile("nzochain")?.definition as ProfileDefinition),
  envelope: '["{{event.data}}","{{event.data}}","{{event.data}}"]',
};
const LARGE = JSON.stringify({ text: "x".repeat(200_000) });
const SMALL = JSON.stringify({ text: "x".repeat(100_000) });
const message = expect.stringContaining(`more than ${MAX_BODY_BYTES} bytes`);

describe("a body of more than 512 KiB", () => {
  it("is never sent: the delivery fails at once and says why, and smaller events still go", async () => {
    const input = createProfileInput.parse({ name: "Thrice", definition });
    const { slug } = await createProfile(world.ctx, world.actor, input);
    const { id: endpointId } = await createEndpoint(world.ctx, world.actor, {
      url: `${world.receiver.url}/200`,
      event_types: ["*"],
      profile: slug,
    });
    const deliveryOf = async (data: string) => {
      const { id } = await world.send("a.b", data);
      return eventually(async () => {
        const { id: deliveryId } = await world.ctx.db.prisma.delivery.findFirstOrThrow({
          where: { eventId: id, endpointId },
        });
        const found = await getDelivery(world.ctx, world.actor, deliveryId);
        return found.state === "pending" ? undefined : found;
      });
    };
    expect(await deliveryOf(LARGE)).toMatchObject({
      state: "failed",
      state_reason: "body_too_large",
      attempts: [{ error: { class: "body_too_large", message } }],
      planned_attempts: [],
    });
    expect(world.receiver.requests).toEqual([]);
    expect(await deliveryOf(SMALL)).toMatchObject({ state: "succeeded" });
  });

  it.each([
    ["a draft", { definition }, "definition.envelope"],
    ["a saved one", { profile: "thrice" }, "profile"],
  ])("is refused by previews and tests of %s, with the place", async (_, source, path) => {
    const input = { ...source, event: { type: "a.b", data_text: LARGE } };
    const refusal = { code: "invalid_request", message, errors: [{ path, message }] };
    await expect(
      previewProfile(world.ctx, world.actor, previewProfileInput.parse(input)),
    ).rejects.toMatchObject(refusal);
    await expect(testProfile(world.ctx, world.actor, testProfileInput.parse(input))).rejects.toMatchObject(
      refusal,
    );
  });
});
