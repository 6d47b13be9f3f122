import { expect, it } from "vitest";
import { callbackStatus } from "@/lib/domain/endpoint/kinds";

it.each([
  ["no end", null, null, 100, "active"],
  ["before its expiry", 101, null, 100, "active"],
  ["at its expiry", 100, null, 100, "expired"],
  ["unsubscribed", null, 50, 100, "unsubscribed"],
  ["unsubscribed before it would have expired", 90, 50, 100, "unsubscribed"],
  ["unsubscribed after it had expired", 40, 50, 100, "expired"],
] as const)("%s", (_, expiresAtMs, unsubscribedAtMs, nowMs, status) => {
  expect(callbackStatus({ expiresAtMs, unsubscribedAtMs }, nowMs)).toBe(status);
});
