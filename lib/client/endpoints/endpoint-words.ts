// Owns how an endpoint's state reads: tone, word, and the sentence that says why.
import type { EndpointDto, EndpointStatsDto } from "@/lib/contracts/endpoints";
import type { EndpointState } from "@/lib/domain/delivery/states";

export const STATE_WORDS: Record<EndpointState, string> = {
  active: "Active",
  paused: "Paused",
  disabled: "Disabled",
};

export const STATE_TONES = { active: "success", paused: "paused", disabled: "danger" } as const;

/** Why it is so and what it means for deliveries; null for an active endpoint. */
export function stateReason(endpoint: Pick<EndpointDto, "state" | "state_reason">): string | null {
  if (endpoint.state === "active") return null;
  if (endpoint.state === "paused") return "Paused by a person. New deliveries are held until it is enabled.";
  if (endpoint.state_reason === "receiver_gone") {
    return "Disabled: the receiver answered 410 Gone. New deliveries are held until it is enabled.";
  }
  if (endpoint.state_reason === "failing") {
    return "Disabled because it kept failing without one success. New deliveries are held until it is enabled.";
  }
  return "Disabled by a person. New deliveries are held until it is enabled.";
}

/** Share of finished deliveries that failed, 0 to 1; null when none has finished. */
export function failureRate(stats: Pick<EndpointStatsDto, "succeeded_24h" | "failed_24h">): number | null {
  const finished = stats.succeeded_24h + stats.failed_24h;
  return finished === 0 ? null : stats.failed_24h / finished;
}

/** `0 %`, `0.3 %`, `12 %`, `100 %`: small shares keep a digit, and only exact ones read 0 or 100. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.1) return "< 0.1 %";
  if (percent > 99.9) return "> 99.9 %";
  return `${percent < 10 ? percent.toFixed(1) : Math.floor(percent)} %`;
}

/** A pattern in words: everything, a group, one type. */
export function patternWords(pattern: string): string {
  if (pattern === "*") return "All events, also types that do not exist yet";
  if (pattern.endsWith(".*")) return `Every type that begins with ${pattern.slice(0, -1)}`;
  return "This type only";
}
