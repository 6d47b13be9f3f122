// Ends every session of one person, this one included.
import type { ServiceContext } from "../context";
import { bumpTokenVersion } from "../repositories/users";
import { noteSignIn } from "./note-sign-in";

/** From the next request on, no earlier cookie of this person is good for anything. */
export async function signOutEverywhere(
  ctx: ServiceContext,
  user: { id: string; email: string },
  ip: string | null,
): Promise<void> {
  await bumpTokenVersion(ctx.db.prisma, user.id);
  noteSignIn(ctx, user, { action: "sign_out.everywhere", ip });
}
