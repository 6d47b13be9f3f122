import { expect, it } from "vitest";
import { targetPath } from "@/lib/client/audit/describe-entry";

it.each([
  ["event_type", "evtype_01kahg3x5jf6ja4n9d2c7b8x1y", "/event-types/evtype_01kahg3x5jf6ja4n9d2c7b8x1y"],
  ["event_type", "vizi", "/event-types/packs"],
  ["endpoint", "ep_1", "/endpoints/ep_1"],
  ["member", "usr_1", null],
])("what was changed is found again: %s %s", (kind, id, path) => {
  expect(targetPath({ kind, id })).toBe(path);
});
