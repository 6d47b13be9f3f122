// Changing one's own password: proves the old one, stores the new one, ends every session of that person.
import { ACCOUNT_LIMIT } from "@/lib/domain/access/attempt-limit";
import { passwordProblem } from "@/lib/domain/access/password";
import { AppError } from "@/lib/domain/errors";
import { hashPassword, verifyPassword } from "../auth/password-hash";
import type { ServiceContext } from "../context";
import { forgetAttempts, takeAttempt } from "../repositories/rate-limits";
import { findCredentialsById, replacePassword } from "../repositories/users";
import { noteSignIn } from "./note-sign-in";

export type PasswordChange = { currentPassword: string; newPassword: string; ip: string | null };

function refuse(path: string, message: string): AppError {
  return new AppError("invalid_request", message, { errors: [{ path, message }] });
}

/** The user's new token version. Throws `rate_limited` after too many wrong passwords, `invalid_request` by field. */
export async function changePassword(
  ctx: ServiceContext,
  userId: string,
  { currentPassword, newPassword, ip }: PasswordChange,
): Promise<number> {
  const user = await findCredentialsById(ctx.db.prisma, userId);
  if (user === null) throw new AppError("unauthenticated", "Sign in to continue.");
  if (user.passwordHash === null) {
    throw new AppError("conflict", "This account signs in through a provider and has no password.");
  }
  const problem = passwordProblem(newPassword, [user.email, user.name]);
  if (problem !== null) throw refuse("new_password", problem);
  const key = `password-change:${userId}`;
  const ticket = await takeAttempt(ctx.db, key, ACCOUNT_LIMIT, new Date(ctx.now()));
  if (!ticket.allowed) {
    const retryAfterSeconds = Math.ceil((ticket.lockedUntil.getTime() - ctx.now()) / 1000);
    throw new AppError("rate_limited", "Too many wrong passwords. Try again later.", { retryAfterSeconds });
  }
  if (!(await verifyPassword(user.passwordHash, currentPassword))) {
    throw refuse("current_password", "This is not your current password.");
  }
  await forgetAttempts(ctx.db, key);
  const tokenVersion = await replacePassword(ctx.db.prisma, userId, await hashPassword(newPassword));
  noteSignIn(ctx, user, { action: "password.changed", ip });
  return tokenVersion;
}
