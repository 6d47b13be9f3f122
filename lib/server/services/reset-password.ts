// Sets a person's password without the old one, for whoever owns the machine (command line): the way back in.
import { passwordProblem } from "@/lib/domain/access/password";
import { AppError } from "@/lib/domain/errors";
import { hashPassword } from "../auth/password-hash";
import type { ServiceContext } from "../context";
import { recordAudit } from "../repositories/audit";
import { inTransaction } from "../repositories/database";
import { forgetAttempts } from "../repositories/rate-limits";
import { findCredentialsByEmail, listWorkspaceIdsOf, replacePassword } from "../repositories/users";
import { accountKey } from "./sign-in-with-password";

/**
 * Stores the password, ends every session of the person and lifts a lock of the account. Throws `not_found` for an
 * unknown address, `invalid_request` for a password that will not do.
 */
export async function resetPassword(
  ctx: ServiceContext,
  { email, password }: { email: string; password: string },
): Promise<{ userId: string }> {
  const user = await findCredentialsByEmail(ctx.db.prisma, email);
  if (user === null) throw new AppError("not_found", `Nobody here has the address ${email}.`);
  const problem = passwordProblem(password, [user.email, user.name]);
  if (problem !== null) throw new AppError("invalid_request", problem);
  const passwordHash = await hashPassword(password);
  await inTransaction(ctx.db, async (tx) => {
    await replacePassword(tx, user.id, passwordHash);
    for (const workspaceId of await listWorkspaceIdsOf(tx, user.id)) {
      const actor = {
        kind: "system",
        label: "command line",
        workspaceId,
        environmentId: null,
        ip: null,
      } as const;
      await recordAudit(tx, ctx, actor, { action: "password.reset", targetKind: "user", targetId: user.id });
    }
  });
  await forgetAttempts(ctx.db, accountKey(email));
  return { userId: user.id };
}
