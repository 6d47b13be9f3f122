// "Who did not get it, and why" where many filters share the steps of one event: it says what ingest would do.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { updateEndpointInput } from "@/lib/contracts/endpoints";
import { explainEvent } from "@/lib/server/services/explain-event";
import { updateEndpoint } from "@/lib/server/services/update-endpoint";
import { createWorld, type World } from "../support/world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** Some 80,000 steps for 120 items: within the budget of one filter, beyond its share among 70. False in the end. */
const COSTLY = "!event.data.items.all(a, event.data.items.all(b, a + b > 0))";
const DATA = JSON.stringify({ items: Array(120).fill(1) });

describe("a filter among many", () => {
  it("gets the same share of the event's steps when the event is explained as when it comes in", async () => {
    const filter = "event.data.items[0] == 2";
    const made = [];
    for (let i = 0; i < 70; i++) {
      made.push(await world.endpoint("/200", { event_types: ["list.changed"], filter }));
    }
    const [first] = made;
    if (first === undefined) throw new Error("nothing was made");
    const early = await world.send("list.changed", DATA);
    expect(early.deliveries).toBe(0);
    const change = updateEndpointInput.parse({ filter: COSTLY });
    await updateEndpoint(world.ctx, world.actor, first.id, change);
    // Too much for its share, so it is held and not left out.
    expect((await world.send("list.changed", DATA)).deliveries).toBe(1);
    const { not_delivered } = await explainEvent(world.ctx, world.actor, early.id);
    const reasonOf = (id: string | undefined) => not_delivered.find((one) => one.endpoint_id === id)?.reason;
    expect([reasonOf(first.id), reasonOf(made[1]?.id)]).toEqual(["wanted_now", "filter_false"]);
  });

  it("has its whole budget for an event that reaches few of them, and where it was made later", async () => {
    const own = await world.endpoint("/200", { event_types: ["list.sorted"], filter: COSTLY });
    const { id } = await world.send("list.sorted", DATA);
    const { not_delivered } = await explainEvent(world.ctx, world.actor, id);
    expect(not_delivered.find((one) => one.endpoint_id === own.id)?.reason).toBe("filter_false");
  });
});
