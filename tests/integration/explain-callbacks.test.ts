// "Who did not get it, and why" where callbacks are concerned: their ends, and those of other subjects.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PutCallbackInput } from "@/lib/contracts/callbacks";
import { endCallback } from "@/lib/server/services/callbacks/end-callback";
import { putCallback } from "@/lib/server/services/callbacks/put-callback";
import { explainEvent } from "@/lib/server/services/explain-event";
import { createWorld, type World } from "../support/world";

let world: World;
let unique = 0;
const clock = { offset: 0 };

beforeAll(async () => {
  world = await createWorld({ now: () => Date.now() + clock.offset });
});
afterAll(() => world.close());

async function subjectWith(input: Partial<PutCallbackInput> = {}) {
  const subject = `ref-${unique++}`;
  const { callback } = await putCallback(world.ctx, world.actor, subject, {
    callback_url: `${world.receiver.url}/ok?${subject}`,
    event_types: ["*"],
    unsubscribe_on: [],
    ...input,
  });
  return { subject, endpointId: callback.endpoint_id };
}
const about = (subject: string, type = "reference.updated") => world.send(type, '{"n":1}', { subject });
const explain = async (eventId: string) =>
  (await explainEvent(world.ctx, world.actor, eventId)).not_delivered;

describe("an event about the subject of a callback that has ended", () => {
  it("by a final event: says so, with that event", async () => {
    const { subject, endpointId } = await subjectWith({ unsubscribe_on: ["reference.completed"] });
    const final = await about(subject, "reference.completed");
    expect((await explain(final.id)).map((one) => one.endpoint_id)).not.toContain(endpointId);
    const late = await about(subject);
    const [why] = await explain(late.id);
    expect(why).toMatchObject({ endpoint_id: endpointId, reason: "callback_ended" });
    expect(why?.detail).toContain(final.id);
  });

  it("by its expiry: says when", async () => {
    const { subject, endpointId } = await subjectWith({ expires_in_seconds: 60 });
    const expired = new Date(Date.now() + 60_000).toISOString().slice(0, 16);
    clock.offset = 120_000;
    const late = await about(subject);
    const [why] = await explain(late.id);
    clock.offset = 0;
    expect(why).toMatchObject({ endpoint_id: endpointId, reason: "callback_ended" });
    expect(why?.detail).toContain(`expired at ${expired}`);
  });

  it("by a call: says when; put again it would get such an event, but did not exist in this form", async () => {
    const { subject, endpointId } = await subjectWith();
    await endCallback(world.ctx, world.actor, subject);
    const late = await about(subject);
    expect(await explain(late.id)).toMatchObject([
      {
        endpoint_id: endpointId,
        reason: "callback_ended",
        detail: expect.stringContaining("was unsubscribed at"),
      },
    ]);
    await putCallback(world.ctx, world.actor, subject, {
      callback_url: `${world.receiver.url}/ok?${subject}`,
      event_types: ["*"],
      unsubscribe_on: [],
    });
    expect(await explain(late.id)).toMatchObject([{ endpoint_id: endpointId, reason: "wanted_now" }]);
  });
});

describe("callbacks of other subjects", () => {
  it("are never named, however many there are; endpoints that are scoped to others are", async () => {
    await subjectWith();
    const { id: scoped } = await world.endpoint("/ok", { subjects: ["somebody-else"] });
    const { id } = await about("nobody-asked");
    expect(await explain(id)).toMatchObject([{ endpoint_id: scoped, reason: "subject" }]);
    const { id: without } = await world.send("reference.updated");
    expect((await explain(without)).map((one) => one.endpoint_id)).toEqual([scoped]);
  });
});
