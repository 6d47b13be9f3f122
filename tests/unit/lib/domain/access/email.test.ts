import { describe, expect, it } from "vitest";
import { normaliseEmail } from "@/lib/domain/access/email";

describe("normaliseEmail", () => {
  it.each([
    ["Ada@Example.COM", "ada@example.com"],
    ["  ada+signpost@example.co.uk ", "ada+signpost@example.co.uk"],
    ["ada\uff20example.com", "ada@example.com"],
    ["ada\ufe6bexample.com", "ada@example.com"],
    ["ａｄａ@example.com", "ada@example.com"],
    ["ada@localhost", "ada@localhost"],
  ])("L-18 L-19 writes %j as %j", (raw, email) => {
    expect(normaliseEmail(raw)).toBe(email);
  });

  it.each([
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@example.com.",
    "ada@@example.com",
    "ada@exa mple.com",
    '"ada@evil.example"@example.com',
    "ada@evil.example,ada@example.com",
    "ada@example.com\nbcc: eve@evil.example",
    "ada@[127.0.0.1]",
    "ada@exämple.com",
    "ádá@example.com",
    ".ada@example.com",
    "a..da@example.com",
    `${"a".repeat(65)}@example.com`,
    `ada@${"a".repeat(64)}.com`,
    "a".repeat(10_000),
  ])("L-18 refuses %j", (raw) => {
    expect(normaliseEmail(raw)).toBeNull();
  });
});
