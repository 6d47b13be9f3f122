// The five systems' schedules, attempt by attempt, through the real pipeline. Nothing waits: each attempt is asked for
// at once, and the clock of what lies behind is moved back by what the row says.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEndpointInput } from "@/lib/contracts/endpoints";
import { createEndpoint } from "@/lib/server/services/create-endpoint";
import { createWorld, eventually, type World } from "../support/world";

const HOUR = 3600;

describe("the schedules of the five systems", () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ random: () => 0.5 });
  });
  afterAll(() => world.close());

  /** Seconds before each attempt after the first, as the rows say, until the delivery has failed. */
  async function scheduleOf(profile: string, type: string): Promise<number[]> {
    const { prisma } = world.ctx.db;
    await createEndpoint(
      world.ctx,
      world.actor,
      createEndpointInput.parse({ url: `${world.receiver.url}/500`, event_types: [type], profile }),
    );
    const { id } = await world.send(type, '{"x":1}', { subject: "s" });
    const delays: number[] = [];
    for (let step = 1; step <= 101; step++) {
      const row = await eventually(async () => {
        const found = await prisma.delivery.findFirst({ where: { eventId: id } });
        return found !== null && found.step === step ? found : null;
      });
      if (row.state !== "pending") {
        expect([row.state, row.stateReason]).toEqual(["failed", "schedule_exhausted"]);
        return delays;
      }
      // Both are now() of the statement that recorded the attempt.
      const delay = Math.round(((row.nextAttemptAt?.getTime() ?? 0) - row.updatedAt.getTime()) / 1000);
      delays.push(delay);
      await prisma.$executeRaw`
        UPDATE attempt SET started_at = started_at - ${delay}::int * interval '1 second' WHERE delivery_id = ${row.id}`;
      await world.ctx.pump.attemptOne(row.id, { force: true });
    }
    throw new Error("the schedule does not end");
  }

  it("VIZI: at once, +1 min, +5 min, +30 min, +2 h, +8 h, then failed", async () => {
    expect(await scheduleOf("vizi", "score.updated")).toEqual([60, 300, 1800, 2 * HOUR, 8 * HOUR]);
  });

  it("NZOChain: exponential back-off", async () => {
    expect(await scheduleOf("nzochain", "threat.detected")).toEqual([
      30, 90, 270, 810, 2_430, 7_290, 21_870, 43_200, 43_200,
    ]);
  });

  it("Vizion: always at the next scheduled interval", async () => {
    const delays = await scheduleOf("vizion", "reference.updated");
    expect(delays.length).toBeGreaterThanOrEqual(3);
    expect(new Set(delays).size).toBe(1);
  });

  it("Vivoldi: up to five retries with exponential back-off", async () => {
    const delays = await scheduleOf("vivoldi", "url.clicked");
    expect(delays).toHaveLength(5);
    for (const [index, delay] of delays.entries()) expect(delay).toBeGreaterThan(delays[index - 1] ?? 0);
  });

  it("Visisto: exponential for up to 72 hours, and never later", async () => {
    const delays = await scheduleOf("visisto", "contact.created");
    const total = delays.reduce((sum, delay) => sum + delay, 0);
    expect(total).toBeLessThanOrEqual(72 * HOUR);
    expect(total).toBeGreaterThan(60 * HOUR);
    for (const [index, delay] of delays.entries())
      expect(delay).toBeGreaterThanOrEqual(delays[index - 1] ?? 0);
  });
});
