// Owns new sessions: their claims, and the Set-Cookie header for one that starts outside of next-auth.
import type { ServiceContext } from "../context";
import { getEnv } from "../env";
import { sessionCookie } from "./session-cookie";
import { IDLE_SECONDS, type SessionClaims, sealSessionToken } from "./session-token";

/** Claims of a session that starts now, with an id of its own (an old cookie is never continued). */
export function newSessionClaims(
  ctx: Pick<ServiceContext, "now" | "randomBytes">,
  user: { id: string; tokenVersion: number },
): SessionClaims {
  const sid = ctx.randomBytes(18).toString("base64url");
  return {
    use: "session",
    sub: user.id,
    sid,
    tv: user.tokenVersion,
    auth_time: Math.floor(ctx.now() / 1000),
  };
}

/** A Set-Cookie value that starts a session for the user. */
export async function sealSessionCookie(
  ctx: ServiceContext,
  user: { id: string; tokenVersion: number },
): Promise<string> {
  const { name, options } = sessionCookie(ctx.publicUrl);
  const value = await sealSessionToken(newSessionClaims(ctx, user), getEnv().sessionSecret);
  const secure = options.secure ? "; Secure" : "";
  return `${name}=${value}; Path=${options.path}; Max-Age=${IDLE_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
