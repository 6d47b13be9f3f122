// Owns the CSRF rule for everything that acts on a session cookie: only pages of this instance may change things.
import { AppError } from "@/lib/domain/errors";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses an unsafe method that no page of `publicUrl` sent (AppError `forbidden`). A browser's Origin must be ours;
 * without one, Fetch Metadata must say `same-origin`; with neither, nothing proves where the request comes from.
 */
export function requireSameOrigin(request: Request, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin: expected } = new URL(publicUrl);
  const origin = request.headers.get("origin");
  if (origin === expected) return;
  if (origin === null && request.headers.get("sec-fetch-site") === "same-origin") return;
  throw new AppError(
    "forbidden",
    `This action is only possible from a page of ${expected}. Open Signpost there.`,
  );
}
