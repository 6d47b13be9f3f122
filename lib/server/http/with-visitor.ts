// Owns the frame of the few routes outside any workspace: set-up (nobody is signed in yet) and one's own account.
import { AppError } from "@/lib/domain/errors";
import { readSession, type Session } from "../auth/read-session";
import type { ServiceContext } from "../context";
import { getEnv } from "../env";
import { getRuntime } from "../runtime";
import { clientIp } from "./client-ip";
import { answerRequest } from "./route-handler";
import { requireSameOrigin } from "./same-origin";

export type VisitorCall = { ctx: ServiceContext; request: Request; ip: string | null };
export type PersonCall = VisitorCall & { session: Session };

type PlainHandler = (request: Request) => Promise<Response>;

function privately(response: Response): Response {
  response.headers.set("cache-control", "private, no-store");
  return response;
}

/** A handler for anybody; only same-origin pages may send unsafe methods. AppErrors become problem+json. */
export function withVisitor(handle: (call: VisitorCall) => Promise<Response>): PlainHandler {
  return (request) =>
    answerRequest(
      request,
      () => getRuntime().logger,
      async () => {
        const ctx = getRuntime();
        requireSameOrigin(request, ctx.publicUrl);
        return privately(await handle({ ctx, request, ip: clientIp(request) }));
      },
    );
}

/** A handler for a signed-in person, whatever workspaces they are in; 401 without a session. */
export function withPerson(handle: (call: PersonCall) => Promise<Response>): PlainHandler {
  return withVisitor(async (call) => {
    const { db, publicUrl, now } = call.ctx;
    const source = { db, publicUrl, now, secret: getEnv().sessionSecret };
    const session = await readSession(source, call.request.headers.get("cookie"));
    if (session === null) throw new AppError("unauthenticated", "Sign in to continue.");
    return handle({ ...call, session });
  });
}
