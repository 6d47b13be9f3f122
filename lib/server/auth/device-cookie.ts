// Owns the proof that a browser has signed in as somebody before. Not a session: it only picks the attempt limit,
// so that a stranger's wrong passwords never lock a person out of their own browser.
import { createHmac, timingSafeEqual } from "node:crypto";

/** Half a year: long enough for people who sign in rarely. */
export const DEVICE_SECONDS = 180 * 24 * 60 * 60;

function mac(secret: string, userId: string, nonce: string): Buffer {
  return createHmac("sha256", secret).update(`signpost device\0${userId}\0${nonce}`).digest();
}

/** A cookie value for a browser that has just signed in. `nonce`: fresh random bytes in base64url. */
export function makeDeviceCookie(secret: string, userId: string, nonce: string): string {
  return `${nonce}.${mac(secret, userId, nonce).toString("base64url")}`;
}

/** True when the cookie was made for this user with this secret. */
export function isKnownDevice(secret: string, userId: string, cookie: string | undefined): boolean {
  const [nonce, given, ...rest] = (cookie ?? "").split(".");
  if (!nonce || !given || nonce.length > 64 || given.length > 64 || rest.length > 0) return false;
  const expected = mac(secret, userId, nonce);
  const actual = Buffer.from(given, "base64url");
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
