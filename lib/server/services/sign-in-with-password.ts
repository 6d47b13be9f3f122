// Signing in with e-mail and password: limits first, then the same slow check for known and unknown addresses.
import { createHash } from "node:crypto";
import { addressBucket } from "@/lib/domain/access/address-bucket";
import { ACCOUNT_LIMIT, ADDRESS_LIMIT } from "@/lib/domain/access/attempt-limit";
import { normaliseEmail } from "@/lib/domain/access/email";
import { verifyPassword } from "../auth/password-hash";
import type { ServiceContext } from "../context";
import { forgetAttempts, giveBackAttempt, takeAttempt } from "../repositories/rate-limits";
import { findCredentialsByEmail } from "../repositories/users";
import { noteSignIn } from "./note-sign-in";

export type PasswordSignIn = {
  email: string;
  password: string;
  ip: string | null;
  /**
   * True when this browser has signed in as that user before: it has its own limit in place of those of account and
   * network address, so nobody else can lock it out.
   */
  isKnownDevice: (userId: string) => boolean;
};

export type SignedInUser = { id: string; email: string; name: string; tokenVersion: number };

export type SignInOutcome =
  | { outcome: "signed_in"; user: SignedInUser }
  | { outcome: "wrong" }
  | { outcome: "locked"; retryAfterSeconds: number };

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

/** The counter of an account. Hashed, so that the table holds no addresses of people who have no account. */
export function accountKey(email: string): string {
  return `sign-in:account:${sha256(email)}`;
}

/** The counter of the browsers that a person has signed in with before. */
function deviceKey(userId: string): string {
  return `sign-in:device:${sha256(userId)}`;
}

/**
 * Checks a password. While an account or a network address is locked, the right password is refused too, except from a
 * known browser, which has a limit of its own.
 * Throws `overloaded` when too many passwords are being checked at once.
 */
export async function signInWithPassword(ctx: ServiceContext, input: PasswordSignIn): Promise<SignInOutcome> {
  const now = new Date(ctx.now());
  const locked = (until: Date): SignInOutcome => ({
    outcome: "locked",
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
  });

  const email = normaliseEmail(input.email);
  const user = email === null ? null : await findCredentialsByEmail(ctx.db.prisma, email);
  const known = user !== null && input.isKnownDevice(user.id);
  const key = known ? deviceKey(user.id) : accountKey(email ?? input.email);
  // An office or a proxy is one address: somebody else's wrong passwords must not lock out who is known.
  const addressKey = known ? null : `sign-in:address:${addressBucket(input.ip)}`;
  if (addressKey !== null) {
    const address = await takeAttempt(ctx.db, addressKey, ADDRESS_LIMIT, now);
    if (!address.allowed) return locked(address.lockedUntil);
  }

  const account = await takeAttempt(ctx.db, key, ACCOUNT_LIMIT, now);
  if (!account.allowed) {
    if (user)
      noteSignIn(ctx, user, { action: "sign_in.refused", ip: input.ip, detail: { reason: "locked" } });
    return locked(account.lockedUntil);
  }

  const matches = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!matches || user === null || user.disabledAt !== null) {
    const detail = account.lockedUntil ? { locked_until: account.lockedUntil } : {};
    if (user) noteSignIn(ctx, user, { action: "sign_in.failed", ip: input.ip, detail });
    return account.lockedUntil ? locked(account.lockedUntil) : { outcome: "wrong" };
  }

  await forgetAttempts(ctx.db, key);
  if (addressKey !== null) await giveBackAttempt(ctx.db, addressKey);
  noteSignIn(ctx, user, { action: "sign_in.succeeded", ip: input.ip, detail: { method: "password" } });
  return { outcome: "signed_in", user };
}
