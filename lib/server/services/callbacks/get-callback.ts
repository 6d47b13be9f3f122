// Gives a subject's callback, also one that has ended: whoever asks why nothing comes any more sees since when.
import type { CallbackDto } from "@/lib/contracts/callbacks";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { findCallbackId } from "@/lib/server/repositories/endpoints";
import { requireEndpoint } from "../endpoint/change-endpoint";
import { requirePermission } from "../require-permission";
import { toCallbackDto } from "./callback-dto";

/** The answer for a subject without a callback. */
export function callbackNotFound(): AppError {
  return new AppError("not_found", "This subject has no callback in this environment.");
}

/** Throws `not_found` when the subject never had one, or its endpoint was deleted. */
export async function getCallback(ctx: ServiceContext, actor: Actor, subject: string): Promise<CallbackDto> {
  requirePermission(actor, "endpoints:read");
  const id = await findCallbackId(ctx.db.prisma, actor.environmentId, subject);
  if (id === null) throw callbackNotFound();
  return toCallbackDto(await requireEndpoint(ctx, actor, id), ctx.now());
}
