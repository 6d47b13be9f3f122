import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { apiKeyHint, formatApiKey, hashApiKey, isWellFormedApiKey } from "@/lib/domain/access/api-key-format";

const key = formatApiKey("live", new Uint8Array(32).fill(7));

describe("API key format", () => {
  it("K-08 carries the environment in its prefix", () => {
    expect(formatApiKey("live", randomBytes(32))).toMatch(/^sp_live_[0-9A-Za-z]{49}$/);
    expect(formatApiKey("sandbox", randomBytes(32))).toMatch(/^sp_test_[0-9A-Za-z]{49}$/);
  });

  it("K-08 keeps all 256 random bits: the text decodes to the bytes it was made from", () => {
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const random = randomBytes(32);
    const digits = [...formatApiKey("live", random).slice(8, 51)];
    const value = digits.reduce((sum, char) => sum * 62n + BigInt(alphabet.indexOf(char)), 0n);
    expect(value.toString(16).padStart(64, "0")).toBe(random.toString("hex"));
  });

  it("K-15 ten thousand keys are unique and well formed", () => {
    const keys = new Set(Array.from({ length: 10_000 }, () => formatApiKey("live", randomBytes(32))));
    expect(keys.size).toBe(10_000);
    expect([...keys].every(isWellFormedApiKey)).toBe(true);
  });

  it("K-08 the checksum refuses every one-character change", () => {
    for (let at = 8; at < key.length; at++) {
      const changed = key.slice(0, at) + (key[at] === "x" ? "y" : "x") + key.slice(at + 1);
      expect(isWellFormedApiKey(changed)).toBe(false);
    }
    expect(isWellFormedApiKey(key.replace("sp_live_", "sp_test_"))).toBe(false);
  });

  it.each(["", "sp_live_", `${key}\n`, ` ${key}`, key.slice(1), `${key}0`, key.toUpperCase(), "whsec_abc"])(
    "K-08 refuses %j",
    (text) => {
      expect(isWellFormedApiKey(text)).toBe(false);
    },
  );

  it("K-08 shows a hint that has nothing of the random part but its last four characters", () => {
    expect(apiKeyHint(key)).toBe(`sp_live_…${key.slice(-4)}`);
    expect(hashApiKey(key)).toHaveLength(32);
  });

  it("K-15 refuses to make a key of fewer random bytes", () => {
    expect(() => formatApiKey("live", randomBytes(16))).toThrow(RangeError);
  });
});
