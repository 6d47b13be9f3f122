// Owns what every answer says to browsers about itself: the content policy with its nonce, and the rest of the set.
// Works on bare node:http, before Next: Next finds the nonce for its own scripts in the request's policy header.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

export type SecurityHeaderOptions = {
  /** True when people reach the instance over https. */
  https: boolean;
  /** True under `npm run dev`: Next's refresh needs eval and a socket to itself. */
  dev?: boolean;
  /** For tests; fresh random by default. */
  nonce?: string;
};

/** The policy: our scripts by nonce and what they load, nothing from elsewhere, no frames in either direction. */
export function contentSecurityPolicy(nonce: string, { https, dev = false }: SecurityHeaderOptions): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // Positions of floating parts and highlighted code are style attributes, which nonces do not cover.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

const PERMISSIONS_POLICY = [
  "accelerometer=()",
  "autoplay=()",
  "camera=()",
  "display-capture=()",
  "encrypted-media=()",
  "geolocation=()",
  "gyroscope=()",
  "magnetometer=()",
  "microphone=()",
  "midi=()",
  "payment=()",
  "usb=()",
].join(", ");

/** The headers that do not depend on the request. */
export function staticSecurityHeaders(https: boolean): Record<string, string> {
  return {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // Set-up links carry a token, so no other site ever sees where a person came from.
    "referrer-policy": "same-origin",
    "permissions-policy": PERMISSIONS_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
    ...(https ? { "strict-transport-security": "max-age=63072000" } : {}),
  };
}

/**
 * Call first for every request. Writes the response headers, and the policy into the request for Next. What a client
 * sent under that name is overwritten.
 */
export function applySecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  options: SecurityHeaderOptions,
): void {
  // The Inbox keeps requests as they came and shows no page: nothing is added to them, and nothing in an answer may run.
  const isInbox = request.url?.startsWith("/inbox/") === true;
  const nonce = options.nonce ?? randomBytes(16).toString("base64");
  const policy = isInbox ? "default-src 'none'; sandbox" : contentSecurityPolicy(nonce, options);
  if (!isInbox) {
    request.headers["content-security-policy"] = policy;
    delete request.headers["content-security-policy-report-only"];
  }
  response.setHeader("content-security-policy", policy);
  for (const [name, value] of Object.entries(staticSecurityHeaders(options.https))) {
    response.setHeader(name, value);
  }
}
