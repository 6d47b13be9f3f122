// Owns what is inside a session cookie: an encrypted JWT (next-auth's format) with our own claims.
// Refuses to know requests and the database; `read-session` joins the three.
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";

/** A session ends after this long without a sign of life. */
export const IDLE_SECONDS = 12 * 60 * 60;
/** A session ends this long after signing in, however busy it is. */
export const ABSOLUTE_SECONDS = 7 * 24 * 60 * 60;

const MAX_TOKEN_LENGTH = 4_000;

/**
 * `sub` user id, `sid` id of this session (survives renewals), `tv` the user's token version when signing in,
 * `auth_time` when the person proved who they are (Unix seconds, OpenID Connect's name for it).
 */
const sessionClaims = z.object({
  use: z.literal("session"),
  sub: z.string().min(1).max(64),
  sid: z.string().min(16).max(64),
  tv: z.number().int(),
  auth_time: z.number().int(),
});
export type SessionClaims = z.infer<typeof sessionClaims>;

/** The claims of a decrypted token, or null when it is no session (any more) at `nowMs`. */
export function checkSessionClaims(payload: unknown, nowMs: number): SessionClaims | null {
  const parsed = sessionClaims.safeParse(payload);
  if (!parsed.success) return null;
  const age = nowMs / 1000 - parsed.data.auth_time;
  // A token from the future (beyond clock drift) was not made by us now.
  return age >= -60 && age < ABSOLUTE_SECONDS ? parsed.data : null;
}

/** Opens a session cookie; null when it is forged, expired, made with another secret or for another purpose. */
export async function openSessionToken(
  token: string | undefined,
  options: { secret: string; nowMs: number },
): Promise<SessionClaims | null> {
  if (!token || token.length > MAX_TOKEN_LENGTH) return null;
  try {
    return checkSessionClaims(await decode({ token, secret: options.secret }), options.nowMs);
  } catch {
    return null;
  }
}

/** Seals claims into a cookie value that lasts the idle time. */
export function sealSessionToken(claims: SessionClaims, secret: string): Promise<string> {
  return encode({ token: claims, secret, maxAge: IDLE_SECONDS });
}
