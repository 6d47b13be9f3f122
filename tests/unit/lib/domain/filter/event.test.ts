import { describe, expect, it } from "vitest";
import { filterEventOf } from "@/lib/domain/filter/event";
import { filterOf, rawEvent } from "./fixtures";

describe("filterEventOf", () => {
  it("parses the payload once for all filters, and only when one reads it", () => {
    let reads = 0;
    const bytes = new TextEncoder().encode('{"amount": 5, "name": "Zoë"}');
    const event = filterEventOf({
      ...rawEvent({}),
      get data() {
        reads++;
        return bytes;
      },
    });
    reads = 0;
    expect(filterOf("event.type == 'score.updated'").matches(event).matched).toBe(true);
    expect(reads).toBe(0);
    expect(filterOf("event.data.amount == 5").matches(event).matched).toBe(true);
    expect(filterOf("event.data.name == 'Zoë'").matches(event).matched).toBe(true);
    expect(filterOf("event.data.amount > 5").matches(event).matched).toBe(false);
    expect(reads).toBe(1);
  });

  it("bytes that are not JSON are tried once", () => {
    let reads = 0;
    const event = filterEventOf({
      ...rawEvent({}),
      get data() {
        reads++;
        return "{";
      },
    });
    reads = 0;
    expect([event.data, event.data]).toEqual([undefined, undefined]);
    expect(reads).toBe(1);
  });

  it("an event without attributes has none", () => {
    const event = filterEventOf(rawEvent({}, { attributes: null }));
    expect(filterOf("has(event.attributes.region)").matches(event)).toMatchObject({ reason: "false" });
  });
});
