// Owns what a key's dates mean to a person: whether it works, and when it stops.
import type { ApiKeyDto } from "@/lib/contracts/api-keys";

const SOON_MS = 7 * 24 * 3_600_000;

export type KeyState = "active" | "expires_soon" | "expired" | "revoked";

/** The state of a key at `nowMs`. A revoked key stays revoked, whatever its expiry says. */
export function keyState(key: Pick<ApiKeyDto, "expires_at" | "revoked_at">, nowMs: number): KeyState {
  if (key.revoked_at !== null) return "revoked";
  if (key.expires_at === null) return "active";
  const left = Date.parse(key.expires_at) - nowMs;
  if (left <= 0) return "expired";
  return left < SOON_MS ? "expires_soon" : "active";
}
