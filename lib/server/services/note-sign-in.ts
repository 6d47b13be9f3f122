// Writes who signed in, or tried to, into the audit trail of each workspace of that person.
// In the background: an answer must not take longer for addresses that exist.
import type { ServiceContext } from "../context";
import { type AuditAction, recordAudit } from "../repositories/audit";
import { listWorkspaceIdsOf } from "../repositories/users";

type Note = {
  action:
    | "sign_in.succeeded"
    | "sign_in.failed"
    | "sign_in.refused"
    | "sign_out.succeeded"
    | "sign_out.everywhere"
    | "password.changed";
  ip: string | null;
  detail?: AuditAction["detail"];
};

/** Notes it and returns at once; a failure to write is logged, because nobody waits for it. */
export function noteSignIn(ctx: ServiceContext, user: { id: string; email: string }, note: Note): void {
  const write = async () => {
    const { ip, action, detail } = note;
    for (const workspaceId of await listWorkspaceIdsOf(ctx.db.prisma, user.id)) {
      const actor = {
        kind: "user",
        userId: user.id,
        label: user.email,
        workspaceId,
        environmentId: null,
        ip,
      } as const;
      await recordAudit(ctx.db.prisma, ctx, actor, { action, targetKind: "user", targetId: user.id, detail });
    }
  };
  write().catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    ctx.logger.error(
      { action: note.action, error: message },
      "a sign-in could not be written to the audit trail",
    );
  });
}
