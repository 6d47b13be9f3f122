// Owns audit entries in words: what was done, to what, and the facts that came with it.
import type { AuditEntryDto } from "@/lib/contracts/audit";

/** `endpoint.secret_rotated` as "Endpoint: secret rotated". */
export function describeAction(action: string): string {
  const [noun = "", verb = ""] = action.split(".");
  const words = (text: string) =>
    text
      .replaceAll("_", " ")
      .replace(/\bapi\b/, "API")
      .replace(/\burl\b/, "URL");
  const subject = words(noun);
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${words(verb)}`.trim();
}

const isChange = (value: unknown): value is { from: unknown; to: unknown } =>
  typeof value === "object" && value !== null && "from" in value && "to" in value;

function text(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(text).join(", ");
  return isChange(value) ? `${text(value.from)} → ${text(value.to)}` : JSON.stringify(value);
}

/** The facts of an entry as name and text; empty ones are left out. */
export function auditFacts({ detail }: Pick<AuditEntryDto, "detail">): { name: string; text: string }[] {
  return Object.entries(detail ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => ({ name: name.replaceAll("_", " "), text: text(value) }));
}

/** Where the thing that was changed can be looked at, below the environment's address; null when there is no page. */
export function targetPath(target: AuditEntryDto["target"]): string | null {
  const id = encodeURIComponent(target.id);
  if (target.kind === "endpoint") return `/endpoints/${id}`;
  if (target.kind === "profile") return `/profiles/${id}`;
  if (target.kind === "event_type") {
    // Packs are told by their slug.
    return target.id.startsWith("evtype_") ? `/event-types/${id}` : "/event-types/packs";
  }
  if (target.kind === "delivery") return `/deliveries?selected=${id}`;
  if (target.kind === "api_key") return "/api-keys?show=all";
  return target.kind === "inbox" ? "/inbox" : null;
}
