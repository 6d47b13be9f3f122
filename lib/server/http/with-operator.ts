// Owns the frame of every route of the dashboard's API: session, seat in the workspace, permission, same origin.
// Checks all of it for each call; no layout, proxy or earlier page is relied upon.
import type { Permission } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { readSession, type Session } from "../auth/read-session";
import { type MemberActor, memberActor, seatAt } from "../auth/seat";
import type { ServiceContext } from "../context";
import { getEnv } from "../env";
import { getRuntime } from "../runtime";
import { requirePermission } from "../services/require-permission";
import { clientIp } from "./client-ip";
import { answerRequest, type RouteHandler, type RouteParams, readParams } from "./route-handler";
import { requireSameOrigin } from "./same-origin";

export type OperatorCall = {
  ctx: ServiceContext;
  actor: MemberActor;
  request: Request;
  params: RouteParams;
  requestId: string;
  session: Session;
};

async function operatorOf(ctx: ServiceContext, request: Request, session: Session, params: RouteParams) {
  const { workspace = "", environment = "" } = params;
  const seat = await seatAt(ctx.db, session, { workspace, environment });
  // One answer for unknown and foreign, so that nobody can find out which workspaces exist.
  if (seat === null) throw new AppError("not_found", "There is nothing at this address.");
  return memberActor(session, seat, clientIp(request));
}

/**
 * A route handler below `/api/dashboard/[workspace]/[environment]` for a signed-in member whose role has `permission`.
 * 401 without a session, 404 for a workspace that is unknown or not theirs, 403 for another origin or a missing
 * permission; every AppError of `handle` becomes problem+json.
 */
export function withOperator(
  permission: Permission,
  handle: (call: OperatorCall) => Promise<Response>,
): RouteHandler {
  return (request, context) =>
    answerRequest(
      request,
      () => getRuntime().logger,
      async (requestId) => {
        const ctx = getRuntime();
        requireSameOrigin(request, ctx.publicUrl);
        const source = { db: ctx.db, publicUrl: ctx.publicUrl, now: ctx.now, secret: getEnv().sessionSecret };
        const session = await readSession(source, request.headers.get("cookie"));
        if (session === null) throw new AppError("unauthenticated", "Sign in to continue.");
        const params = await readParams(context);
        const actor = await operatorOf(ctx, request, session, params);
        requirePermission(actor, permission);
        return withPrivateCaching(await handle({ ctx, actor, request, params, requestId, session }));
      },
    );
}

/** Answers for one person must not stay in any cache. */
function withPrivateCaching(response: Response): Response {
  if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private, no-store");
  return response;
}
