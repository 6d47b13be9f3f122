import { describe, expect, it } from "vitest";
import { isPossiblePassword, passwordProblem } from "@/lib/domain/access/password";

const ABOUT = ["ada@example.com", "Ada Lovelace", "Acme Payments"];

describe("passwordProblem", () => {
  it.each([
    "violet kettle under moss",
    "Tr0ub4dor&3-and-more",
    "grün-käse-über-dächern",
    "密码应该足够长才行真的啊",
    "x7#kQ9!mZ2$w",
    "acme is where the violet kettle lives",
  ])("L-09 takes %j", (password) => {
    expect(passwordProblem(password, ABOUT)).toBeNull();
  });

  it.each(["", "a", "short", "elevenchars", "\u00e9".repeat(11), "e\u0301".repeat(11)])(
    "L-09 wants 12 characters, whatever their bytes: %j",
    (password) => {
      expect(passwordProblem(password)).toBe("Use at least 12 characters.");
    },
  );

  it.each([
    "password1234",
    "P@ssw0rd2024!",
    "qwertyuiop123",
    "123456789012",
    "abcdefghijkl",
    "aaaaaaaaaaaa",
    "abababababab",
    "letmein!!!!!!",
    "correcthorsebatterystaple",
    "changeme12345",
    "passwordpassword",
  ])("L-09 refuses what everybody tries first: %j", (password) => {
    expect(passwordProblem(password)).toBe("This is among the first passwords that attackers try.");
  });

  it.each(["ada@example.com", "AdaLovelace1815", "acmepayments2024", "lovelace-12345"])(
    "L-09 refuses what is made of the person: %j",
    (password) => {
      expect(passwordProblem(password, ABOUT)).toContain("your name, address or workspace");
    },
  );

  it("L-09 refuses more than 1 KiB, NUL and broken surrogates before anything is hashed", () => {
    expect(isPossiblePassword("é".repeat(512))).toBe(true);
    for (const password of ["x".repeat(1025), "é".repeat(513), "a\0bcdefghijkl", "\ud800 broken surrogate"]) {
      expect(isPossiblePassword(password)).toBe(false);
      expect(passwordProblem(password)).toContain("1,024 bytes");
    }
  });
});
