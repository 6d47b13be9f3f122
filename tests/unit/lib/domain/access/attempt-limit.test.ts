import { describe, expect, it } from "vitest";
import { addressBucket } from "@/lib/domain/access/address-bucket";
import { ACCOUNT_LIMIT, type AttemptCount, takeFromLimit } from "@/lib/domain/access/attempt-limit";
import { isSlug, slugFor } from "@/lib/domain/access/slug";

const MINUTE = 60_000;

/** Takes attempts at the given minutes; gives the minutes of lock after each, or null for a refusal. */
function locksAt(minutes: number[]): (number | null)[] {
  let before: AttemptCount | null = null;
  return minutes.map((minute) => {
    const now = new Date(minute * MINUTE);
    const ticket = takeFromLimit(ACCOUNT_LIMIT, before, now);
    if (!ticket.allowed) return null;
    before = ticket.next;
    return ticket.lockedUntil === null ? 0 : (ticket.lockedUntil.getTime() - now.getTime()) / MINUTE;
  });
}

describe("takeFromLimit", () => {
  const nine = Array.from({ length: 9 }, (_, i) => i * 0.1);

  it("L-01 locks with the tenth attempt and doubles up to four hours", () => {
    expect(locksAt([...nine, 1, 2, 16.5, 47, 110, 240, 490, 740]).slice(9)).toEqual([
      15,
      null,
      30,
      60,
      120,
      240,
      240,
      240,
    ]);
  });

  it("L-01 starts over after a quiet window, and forgets locks after 12 hours", () => {
    expect(locksAt([...nine, 15.1]).at(-1)).toBe(0);
    expect(locksAt([...nine, 1, 16 + 12 * 60 - 1]).at(-1)).toBe(30);
    expect(locksAt([...nine, 1, 16 + 12 * 60 + 1]).at(-1)).toBe(0);
  });
});

describe("addressBucket", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["2001:db8:0:1:aaaa:bbbb:cccc:dddd", "2001:db8:0:1::/64"],
    ["2001:DB8:0:1::7", "2001:db8:0:1::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    [null, "unknown"],
  ])("L-02 %j counts as %j", (ip, bucket) => {
    expect(addressBucket(ip)).toBe(bucket);
  });
});

describe("slugFor", () => {
  it.each([
    ["Acme Payments", "acme-payments"],
    ["Añil & Söhne GmbH", "anil-sohne-gmbh"],
    ["  --- ", "workspace"],
    ["株式会社", "workspace"],
    ["API", "api-workspace"],
    ["x".repeat(80), "x".repeat(40)],
  ])("%j becomes %j", (name, slug) => {
    expect(slugFor(name)).toBe(slug);
    expect(isSlug(slug)).toBe(true);
  });

  it.each(["", "-a", "a-", "A", "a/b", "..", "a b", "a%2fb", "a".repeat(63)])("%j is no slug", (value) => {
    expect(isSlug(value)).toBe(false);
  });
});
