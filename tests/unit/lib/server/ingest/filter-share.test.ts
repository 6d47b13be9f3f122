// Many filters for one event share its steps: an environment full of costly ones holds deliveries, and nobody up.
import { describe, expect, it } from "vitest";
import { STEP_BUDGET, stepsForEach } from "@/lib/domain/filter/limits";
import type { RoutingRow } from "@/lib/server/repositories/hot-path/read-routing";
import { createSnapshotCache } from "@/lib/server/services/ingest/snapshots";

/** About 60,000 steps for the event below: within one evaluation's budget, far beyond a thousandth of an event's. */
const COSTLY = "event.data.items.all(a, event.data.items.all(b, a + b > 0))";
const CHEAP = "event.data.items[0] == 1";

const row = (id: string, filter: string): RoutingRow => ({
  id,
  tenant: null,
  eventTypes: ["list.changed"],
  state: "active",
  retryPolicy: { delays_seconds: [0] },
  timeoutMs: 1_000,
  subjects: [],
  filter,
  profileVersionId: null,
  transformId: null,
  expiresAtMs: null,
  unsubscribeOn: [],
  ended: false,
});

async function routed(filters: string[]) {
  const endpoints = filters.map((filter, index) => row(`ep_${index}`, filter));
  const cache = createSnapshotCache(async () => ({
    version: "1",
    workspaceId: "ws_1",
    environmentKind: "live",
    endpoints,
  }));
  const snapshot = await cache.get("env_1");
  const data = Buffer.from(`{"items":[${Array(120).fill(1).join(",")}]}`);
  const event = { id: "evt_1", type: "list.changed", tenant: null, subject: null, attributes: null, data };
  const matched = snapshot?.match({ ...event, timestamp: new Date(0) }, 0).matches ?? [];
  return matched.map(({ endpoint, heldFor }) => `${endpoint.id} ${heldFor}`);
}

describe("the steps of one event", () => {
  it("are enough for every filter by itself, and are shared by many", () => {
    expect(stepsForEach(0)).toBe(STEP_BUDGET);
    expect(stepsForEach(40)).toBe(STEP_BUDGET);
    expect(stepsForEach(41)).toBeLessThan(STEP_BUDGET);
    expect(stepsForEach(1_000) * 1_000).toBe(4_000_000);
  });

  it("P-24 a costly filter passes alone; among 1,000 it is put on hold, and the cheap ones pass as ever", async () => {
    expect(await routed([COSTLY, CHEAP])).toEqual(["ep_0 null", "ep_1 null"]);
    const many = await routed([...Array(999).fill(COSTLY), CHEAP]);
    expect(many).toHaveLength(1_000);
    expect(many.at(-1)).toBe("ep_999 null");
    expect(new Set(many.slice(0, -1).map((one) => one.split(" ")[1]))).toEqual(
      new Set(["filter_too_costly"]),
    );
  });
});
