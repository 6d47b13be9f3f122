import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLanes, type Lane, type QueuedDelivery } from "@/lib/server/services/delivery/lanes";

const item = (endpointId: string, index: number): QueuedDelivery => ({
  deliveryId: `dlv_${index}`,
  environmentId: "env_a",
  endpointId,
  event: {
    id: `evt_${index}`,
    type: "a.b",
    occurredAtMs: 0,
    data: Buffer.from("{}"),
    tenant: null,
    subject: null,
    attributes: null,
  },
  attemptNumber: 1,
  step: 0,
  leaseToken: 1n,
  trigger: "event",
  wire: { profileVersionId: null, transformId: null },
  elapsedMs: null,
  leaseEndsAt: 60_000,
  engineCarries: false,
  done: null,
});

describe("a new lane", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function fill(count: number) {
    const kick = vi.fn();
    const lanes = createLanes({ kick, more: () => undefined });
    for (let index = 0; index < count; index++) lanes.push(item("ep_a", index));
    /** Starts what may start. */
    const start = (nowMs: number): Lane[] => {
      const started: Lane[] = [];
      for (let next = lanes.next(nowMs); next !== null; next = lanes.next(nowMs)) started.push(next.lane);
      return started;
    };
    return { kick, lanes, start };
  }

  it("starts one delivery until somebody knows what the endpoint allows", async () => {
    const { kick, lanes, start } = fill(20);
    const [lane] = start(0);
    expect(start(0)).toEqual([]);
    lanes.setLimits(lane as Lane, { maxConcurrency: 10, rateLimit: null });
    await Promise.resolve();
    expect(kick).toHaveBeenCalledOnce();
    expect(start(0)).toHaveLength(9);
  });

  it("keeps to a rate from its first delivery on", async () => {
    const { lanes, start } = fill(20);
    const [lane] = start(0);
    lanes.setLimits(lane as Lane, { maxConcurrency: 10, rateLimit: 1 });
    expect(start(900)).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(start(1_000)).toHaveLength(1);
    expect(start(1_900)).toEqual([]);
  });

  it("whose endpoint could not be loaded goes on, one at a time", () => {
    const { lanes, start } = fill(3);
    const [lane] = start(0);
    lanes.finished(lane as Lane);
    expect(start(0)).toHaveLength(1);
  });
});
