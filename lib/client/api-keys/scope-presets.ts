// Owns the words for scopes, and the two sets that most people want.
import { API_KEY_SCOPES, type ApiKeyScope } from "@/lib/domain/access/permissions";

export const SCOPE_TEXT: Record<ApiKeyScope, { label: string; description: string }> = {
  "events:write": { label: "Send events", description: "Post events, alone or in batches" },
  "events:read": { label: "Read events", description: "List events and read their payloads" },
  "endpoints:read": { label: "Read endpoints", description: "List endpoints, their settings and numbers" },
  "endpoints:write": { label: "Change endpoints", description: "Create, edit, pause, test, rotate secrets" },
  "deliveries:read": { label: "Read deliveries", description: "List deliveries and read every attempt" },
  "deliveries:write": { label: "Steer deliveries", description: "Replay, retry now, cancel" },
  "profiles:read": { label: "Read profiles", description: "List profiles, their versions and previews" },
  "profiles:write": { label: "Change profiles", description: "Create, edit, test, archive" },
};

export type ScopePreset = "send" | "full" | "custom";

export const PRESET_SCOPES: Record<Exclude<ScopePreset, "custom">, readonly ApiKeyScope[]> = {
  send: ["events:write"],
  full: API_KEY_SCOPES,
};

/** A set of scopes in the fewest words: "Full access", "Send events", or each by name. */
export function describeScopes(scopes: readonly ApiKeyScope[]): string[] {
  if (API_KEY_SCOPES.every((scope) => scopes.includes(scope))) return ["Full access"];
  return scopes.map((scope) => SCOPE_TEXT[scope].label);
}
