// Owns the caller's address as the audit trail shows it. A hint for people, never a reason to let anyone in.
import { isIP } from "node:net";

/**
 * The nearest address of `x-forwarded-for`: the one that our own server or the proxy in front of it has written.
 * Earlier entries are whatever the caller claims. Null when there is none.
 */
export function clientIp(request: Request): string | null {
  const nearest = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(nearest) === 0 ? null : nearest;
}
