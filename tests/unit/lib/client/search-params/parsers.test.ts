import { describe, expect, it } from "vitest";
import {
  deliverySearchParams,
  hasDeliveryFilters,
  NO_DELIVERY_FILTERS,
} from "@/lib/client/search-params/deliveries";
import {
  describeRange,
  fromLocalInput,
  timeBounds,
  toLocalInput,
} from "@/lib/client/search-params/time-range";

describe("deliverySearchParams", () => {
  it.each([
    "",
    ".",
    "..",
    "../endpoints",
    "dlv_1",
    "evt_01jd0000000000000000000000",
    "dlv_01jd000000000000000000000/",
  ])("takes %j for no chosen delivery", (value) => {
    expect(deliverySearchParams.selected.parse(value)).toBeNull();
  });

  it("takes an id for one", () => {
    const id = `dlv_${"0".repeat(26)}`;
    expect(deliverySearchParams.selected.parse(id)).toBe(id);
  });

  it("takes empty and unknown values for no filter", () => {
    expect(deliverySearchParams.type.parse("")).toBeNull();
    expect(deliverySearchParams.trigger.parse("exploded")).toBeNull();
    expect(deliverySearchParams.range.parse("1y")).toBeNull();
    expect(hasDeliveryFilters({ ...NO_DELIVERY_FILTERS, state: [] })).toBe(false);
    expect(hasDeliveryFilters({ ...NO_DELIVERY_FILTERS, code: "5xx" })).toBe(true);
  });
});

describe("time filters", () => {
  const now = Date.UTC(2026, 10, 20, 12);

  it("I-23 counts a preset back from now, and leaves a fixed range as it is", () => {
    const preset = timeBounds({ range: "1h", from: "ignored", to: "ignored" }, now);
    expect(preset).toEqual({ from: "2026-11-20T11:00:00.000Z", to: null });
    const fixed = { range: null, from: "2026-11-01T00:00:00.000Z", to: null };
    expect(timeBounds(fixed, now)).toEqual({ from: fixed.from, to: null });
  });

  it("I-23 reads and writes the viewer's own clock, to the minute", () => {
    const instant = fromLocalInput("2026-11-20T13:45");
    expect(toLocalInput(instant)).toBe("2026-11-20T13:45");
    expect(fromLocalInput("")).toBeNull();
    expect(fromLocalInput("9999999-99-99T99:99")).toBeNull();
    expect(toLocalInput("nonsense")).toBe("");
  });

  it("says a range in words", () => {
    const range = { range: null, from: "2026-11-20T11:00:00Z", to: "2026-11-21T09:30:00Z" };
    expect(describeRange(range, "UTC")).toBe("20 Nov, 11:00 – 21 Nov, 09:30");
    expect(describeRange({ ...range, to: null }, "UTC")).toBe("from 20 Nov, 11:00");
    expect(describeRange({ range: "7d", from: null, to: null })).toBe("Last 7 days");
  });
});
