// Owns the answer to "who sent this request": cookie -> claims -> a user that still may be signed in.
// Every page, layout and handler asks here by itself; nothing else stands in front of them.

import type { Database } from "../repositories/database";
import { findSessionUser, type SessionUser } from "../repositories/sessions";
import { cookieValue, sessionCookie } from "./session-cookie";
import { openSessionToken, type SessionClaims } from "./session-token";

export type Session = { user: SessionUser; claims: SessionClaims };

export type SessionSource = {
  db: Pick<Database, "prisma">;
  publicUrl: string;
  now: () => number;
  secret: string;
};

/** The session of a Cookie header, or null. One query. */
export async function readSession(
  source: SessionSource,
  cookieHeader: string | null,
): Promise<Session | null> {
  const token = cookieValue(cookieHeader, sessionCookie(source.publicUrl).name);
  const claims = await openSessionToken(token, { secret: source.secret, nowMs: source.now() });
  if (claims === null) return null;
  const user = await findSessionUser(source.db.prisma, {
    userId: claims.sub,
    sessionId: claims.sid,
    tokenVersion: claims.tv,
  });
  return user === null ? null : { user, claims };
}
