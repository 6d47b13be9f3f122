import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createSecretBox, SecretUnreadableError } from "@/lib/server/secrets/secret-box";

const PLACE = { table: "endpoint_secret", rowId: "sec_1", field: "ciphertext" };
const key = randomBytes(32);
const box = createSecretBox([key], randomBytes);

describe("the secret box", () => {
  it("K-02 opens what it sealed, with a fresh nonce each time", () => {
    const [a, b] = [box.seal("whsec_abc", PLACE), box.seal("whsec_abc", PLACE)];
    expect(a.equals(b)).toBe(false);
    expect(box.open(a, PLACE)).toBe("whsec_abc");
    expect(a.includes(Buffer.from("whsec_abc"))).toBe(false);
  });

  it.each([
    { ...PLACE, table: "endpoint" },
    { ...PLACE, rowId: "sec_2" },
    { ...PLACE, field: "headers_ciphertext" },
  ])("K-03 refuses a ciphertext that was moved to %j", (place) => {
    expect(() => box.open(box.seal("x", PLACE), place)).toThrow(SecretUnreadableError);
  });

  it("K-03 refuses any changed bit and any truncation", () => {
    const sealed = box.seal("whsec_abc", PLACE);
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed, PLACE)).toThrow(SecretUnreadableError);
      expect(() => box.open(sealed.subarray(0, index), PLACE)).toThrow(SecretUnreadableError);
    }
  });

  it("K-05 a second key opens old records, and they are known as old", () => {
    const old = box.seal("x", PLACE);
    const next = createSecretBox([randomBytes(32), key], randomBytes);
    expect(next.open(old, PLACE)).toBe("x");
    expect(next.needsReseal(old)).toBe(true);
    expect(next.needsReseal(next.seal("x", PLACE))).toBe(false);
    const without = createSecretBox([randomBytes(32)], randomBytes);
    expect(() => without.open(old, PLACE)).toThrow(/not configured/);
  });

  it("K-04 takes no key of another length", () => {
    expect(() => createSecretBox([randomBytes(16)], randomBytes)).toThrow();
    expect(() => createSecretBox([], randomBytes)).toThrow();
  });
});
