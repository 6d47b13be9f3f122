// Owns the door in front of next-auth: which of its actions exist here, from where, how large, and how a lock answers.
import NextAuth from "next-auth";
import { AppError } from "@/lib/domain/errors";
import { getEnv } from "../env";
import { clientIp } from "../http/client-ip";
import { requireSameOrigin } from "../http/same-origin";
import { getRuntime } from "../runtime";
import { DEVICE_SECONDS, makeDeviceCookie } from "./device-cookie";
import { type AuthRequest, type AuthResult, authOptions } from "./options";
import { cookieValue, deviceCookieName } from "./session-cookie";
import { readSetupCookie, SETUP_COOKIE } from "./setup-cookie";

const MAX_FORM_BYTES = 16 * 1024;

const ACTIONS: Record<string, readonly string[]> = {
  GET: ["callback", "csrf", "error", "session", "signin"],
  POST: ["callback", "signin", "signout"],
};

type AuthContext = { params: Promise<{ nextauth: string[] }> };

function requireAction(request: Request, [action = "", provider]: string[]): void {
  // Passwords are never taken from an address, where logs and histories would keep them.
  const isPasswordInUrl = request.method === "GET" && action === "callback" && provider === "credentials";
  if (!ACTIONS[request.method]?.includes(action) || isPasswordInUrl) {
    throw new AppError("not_found", "There is nothing at this address.");
  }
}

function requireSmallForm(request: Request): void {
  if (request.method !== "POST") return;
  const size = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(size <= MAX_FORM_BYTES)) throw new AppError("payload_too_large", "This form is too large.");
}

function cookie(name: string, value: string, maxAgeSeconds: number, secure: boolean): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/** Adds the cookies that go with a new session. */
function withSignInCookies(response: Response, request: AuthRequest, userId: string): Response {
  const { ctx, secret, setup } = request;
  const secure = ctx.publicUrl.startsWith("https://");
  const device = makeDeviceCookie(secret, userId, ctx.randomBytes(12).toString("base64url"));
  response.headers.append(
    "set-cookie",
    cookie(deviceCookieName(ctx.publicUrl), device, DEVICE_SECONDS, secure),
  );
  if (setup) response.headers.append("set-cookie", cookie(SETUP_COOKIE, "", 0, secure));
  return response;
}

async function isStaleForm(response: Response): Promise<boolean> {
  if (!response.headers.get("content-type")?.includes("json")) return false;
  const body: unknown = await response.clone().json();
  return typeof body === "object" && body !== null && "url" in body && String(body.url).endsWith("csrf=true");
}

/**
 * Answers one request below /api/auth. Throws AppErrors for the frame to answer: `rate_limited` while an account or
 * address is locked, `forbidden` for forms of other origins or without a fresh CSRF token.
 */
export async function handleAuthRequest(request: Request, context: AuthContext): Promise<Response> {
  const ctx = getRuntime();
  const env = getEnv();
  requireAction(request, (await context.params).nextauth);
  requireSameOrigin(request, ctx.publicUrl);
  requireSmallForm(request);
  // next-auth builds its links from this variable alone; a Host header never gets a say.
  process.env.NEXTAUTH_URL = ctx.publicUrl;

  const cookies = request.headers.get("cookie");
  const details: AuthRequest = {
    ctx,
    secret: env.sessionSecret,
    providers: env.signInProviders,
    ip: clientIp(request),
    deviceCookie: cookieValue(cookies, deviceCookieName(ctx.publicUrl)),
    setup: readSetupCookie(cookieValue(cookies, SETUP_COOKIE)),
  };
  const result: AuthResult = {};
  const response: Response = await NextAuth(authOptions(details, result))(request, context);
  if (result.thrown !== undefined) throw result.thrown;
  if (result.lockedForSeconds !== undefined) {
    throw new AppError("rate_limited", "Too many wrong passwords. Try again later.", {
      retryAfterSeconds: result.lockedForSeconds,
    });
  }
  if (await isStaleForm(response)) {
    throw new AppError("forbidden", "This page was open for too long. Reload it and try again.");
  }
  response.headers.set("cache-control", "private, no-store");
  return result.signedIn ? withSignInCookies(response, details, result.signedIn.id) : response;
}
