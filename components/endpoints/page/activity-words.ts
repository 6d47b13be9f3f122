// Owns how an audit entry of an endpoint reads: a sentence, and what changed from what to what.

import { formatDuration } from "@/lib/client/format-duration";
import type { AuditEntryDto } from "@/lib/contracts/audit";

const WORDS: Record<string, string> = {
  "endpoint.created": "created the endpoint",
  "endpoint.updated": "changed the settings",
  "endpoint.paused": "paused it",
  "endpoint.disabled": "disabled it",
  "endpoint.enabled": "enabled it",
  "endpoint.deleted": "deleted it",
  "endpoint.secret_rotated": "rotated the secret",
  "endpoint.secret_retired": "retired a secret",
  "endpoint.auth_set": "set the authentication",
  "endpoint.auth_removed": "removed the authentication",
  "endpoint.client_certificate_set": "set the client certificate",
  "endpoint.client_certificate_removed": "removed the client certificate",
  "callback.replaced": "set the callback again",
  "callback.unsubscribed": "unsubscribed the callback",
};

/** What was done, to stand after the actor's name. */
export function activityWords(entry: AuditEntryDto): string {
  return WORDS[entry.action] ?? entry.action.replace("endpoint.", "").replaceAll("_", " ");
}

export type ActivityFact = { name: string; before: string | null; after: string };

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const LABELS: Record<string, string> = {
  url: "URL",
  event_types: "Events",
  tenant: "Tenant",
  description: "Description",
  timeout_ms: "Timeout (ms)",
  retry_policy: "Retries",
  max_concurrency: "Concurrency",
  header_names: "Headers",
  profile: "Profile",
  overrides: "Set for it alone",
  filter: "Filter",
  transform_id: "Mapping (id)",
  subjects: "Subjects",
  auto_disable: "Disabled for failing",
  rate_limit: "Attempts a second",
};

/** The facts worth showing under the sentence, in a fixed order. */
export function activityFacts(entry: AuditEntryDto): ActivityFact[] {
  const { detail } = entry;
  if (detail === null) return [];
  if (isRecord(detail.before) && isRecord(detail.after)) {
    const { before, after } = detail;
    const changes: ActivityFact[] = Object.keys(after).map((key) => ({
      name: LABELS[key] ?? key,
      before: textOf(before[key]),
      after: textOf(after[key]),
    }));
    if (Array.isArray(detail.kept_credentials)) {
      changes.push({
        name: "Sent to the new address too",
        before: null,
        after: textOf(detail.kept_credentials),
      });
    }
    return changes;
  }
  const facts: ActivityFact[] = [];
  const add = (name: string, after: string) => facts.push({ name, before: null, after });
  if (typeof detail.url === "string") add("URL", detail.url);
  if (Array.isArray(detail.event_types)) add("Events", textOf(detail.event_types));
  if (Array.isArray(detail.dropped_credentials)) {
    add("Removed with the old address", textOf(detail.dropped_credentials));
  }
  if (typeof detail.secret_hint === "string") add("Secret", detail.secret_hint);
  if (entry.action === "endpoint.auth_set")
    add("Credential", `${textOf(detail.kind)}, ${textOf(detail.hint)}`);
  if (entry.action === "endpoint.client_certificate_set") {
    add("Certificate", `${textOf(detail.subject)}, until ${textOf(detail.expires_at).slice(0, 10)}`);
  }
  if (typeof detail.overlap_seconds === "number") {
    add("Overlap", detail.overlap_seconds === 0 ? "none" : formatDuration(detail.overlap_seconds));
  }
  if (
    typeof detail.held === "string" &&
    typeof detail.held_deliveries === "number" &&
    detail.held_deliveries > 0
  ) {
    add("Held deliveries", `${detail.held_deliveries}: ${detail.held}`);
  }
  if (typeof detail.reason === "string" && entry.action === "endpoint.disabled") add("Reason", detail.reason);
  return facts;
}
