// Owns next-auth's configuration for one request: JWT sessions with our claims, our services behind every way in.
// Made anew for each request, so that the callbacks know the caller's address and browser without any global.
import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { safeReturnPath } from "@/lib/domain/access/return-path";
import type { ServiceContext } from "../context";
import { findSessionUser, revokeSession } from "../repositories/sessions";
import { noteSignIn } from "../services/note-sign-in";
import { type SignedInUser, signInWithPassword } from "../services/sign-in-with-password";
import { signInWithProvider } from "../services/sign-in-with-provider";
import type { SignInProviders } from "../sign-in-settings";
import { isKnownDevice } from "./device-cookie";
import { oauthProviders, type ProviderProfile } from "./providers";
import { sessionCookie } from "./session-cookie";
import { newSessionClaims } from "./session-cookie-header";
import { ABSOLUTE_SECONDS, checkSessionClaims, IDLE_SECONDS, type SessionClaims } from "./session-token";
import type { SetupIntent } from "./setup-cookie";

export type AuthRequest = {
  ctx: ServiceContext;
  secret: string;
  providers: SignInProviders;
  ip: string | null;
  deviceCookie: string | undefined;
  setup: SetupIntent | null;
};

/** What happened while next-auth worked, for the route around it. */
export type AuthResult = { signedIn?: SignedInUser; lockedForSeconds?: number; thrown?: unknown };

function findUserOf(ctx: ServiceContext, { sub, sid, tv }: SessionClaims) {
  return findSessionUser(ctx.db.prisma, { userId: sub, sessionId: sid, tokenVersion: tv });
}

/** Claims of a cookie that is still good; throws otherwise, upon which next-auth removes the cookie. */
async function stillGood(ctx: ServiceContext, token: unknown, result: AuthResult): Promise<SessionClaims> {
  const claims = checkSessionClaims(token, ctx.now());
  const user =
    claims &&
    (await findUserOf(ctx, claims).catch((error: unknown) => {
      // Not knowing is no reason to end a session: the route answers the error and keeps the cookie.
      result.thrown = error;
      throw error;
    }));
  if (!claims || !user) throw new Error("the session has ended");
  return claims;
}

function credentials(request: AuthRequest, result: AuthResult) {
  const { ctx, secret, ip, deviceCookie } = request;
  return Credentials({
    credentials: { email: {}, password: {} },
    async authorize(given) {
      try {
        const outcome = await signInWithPassword(ctx, {
          email: String(given?.email ?? ""),
          password: String(given?.password ?? ""),
          ip,
          isKnownDevice: (userId) => isKnownDevice(secret, userId, deviceCookie),
        });
        if (outcome.outcome === "locked") result.lockedForSeconds = outcome.retryAfterSeconds;
        if (outcome.outcome !== "signed_in") return null;
        result.signedIn = outcome.user;
        return { id: outcome.user.id };
      } catch (error) {
        // next-auth would put the message into an address; the route answers it as a problem instead.
        result.thrown = error;
        return null;
      }
    },
  });
}

/** Options for this request; what happens is written to `result`. */
export function authOptions(request: AuthRequest, result: AuthResult): AuthOptions {
  const { ctx, secret, providers } = request;
  const secure = ctx.publicUrl.startsWith("https://");
  return {
    secret,
    useSecureCookies: secure,
    cookies: { sessionToken: sessionCookie(ctx.publicUrl) },
    session: { strategy: "jwt", maxAge: IDLE_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [credentials(request, result), ...oauthProviders(providers)],
    logger: {
      error: (code) => code !== "JWT_SESSION_ERROR" && ctx.logger.warn({ code }, "a sign-in did not work"),
      warn: () => undefined,
      debug: () => undefined,
    },
    callbacks: {
      redirect: ({ url }) => `${ctx.publicUrl}${safeReturnPath(url, ctx.publicUrl) ?? "/"}`,
      async signIn({ user, account }) {
        if (account?.type !== "oauth") return true;
        try {
          // next-auth turns a missing address into undefined on the way.
          const profile = user as unknown as Partial<ProviderProfile>;
          const outcome = await signInWithProvider(ctx, {
            account: { provider: account.provider, providerAccountId: account.providerAccountId },
            email: profile.email ?? null,
            isEmailVerified: profile.isEmailVerified === true,
            name: profile.name ?? null,
            ip: request.ip,
            setup: request.setup,
          });
          if (outcome.outcome === "refused") return `/sign-in?error=${outcome.reason}`;
          result.signedIn = outcome.user;
          return true;
        } catch (error) {
          // next-auth would put the message into an address.
          const message = error instanceof Error ? error.message : String(error);
          ctx.logger.error({ provider: account.provider, error: message }, "a sign-in broke");
          return "/sign-in?error=Callback";
        }
      },
      async jwt({ token, user }) {
        // `user` is only there when somebody has just proved who they are.
        if (user && result.signedIn) return newSessionClaims(ctx, result.signedIn);
        return stillGood(ctx, token, result);
      },
      // Pages read the session on the server; the browser only learns that there is one.
      session: ({ session }) => ({ expires: session.expires, user: {} }),
    },
    events: {
      async signOut({ token }) {
        const claims = checkSessionClaims(token, ctx.now());
        if (!claims) return;
        try {
          if (!(await findUserOf(ctx, claims))) return;
          const expiresAt = new Date((claims.auth_time + ABSOLUTE_SECONDS) * 1000);
          await revokeSession(ctx.db.prisma, { sessionId: claims.sid, expiresAt, now: new Date(ctx.now()) });
        } catch (error) {
          // next-auth would swallow it and say "signed out" while a copied cookie stays good.
          result.thrown = error;
          throw error;
        }
        noteSignIn(
          ctx,
          { id: claims.sub, email: claims.sub },
          { action: "sign_out.succeeded", ip: request.ip },
        );
      },
    },
  };
}
