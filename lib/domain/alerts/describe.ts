// Owns the words of alerts, once for mails, Slack and the dashboard: what happened, what it means, where to go. Times are
// UTC, because a mail does not know where it is read.

import { ATTEMPT_ERROR_CLASSES, type AttemptErrorClass } from "../delivery/error-classes";
import { errorHint } from "../delivery/error-hints";
import { oneLine } from "../text/visible-text";
import type { AlertContent, FactsOf } from "./facts";

export type AlertText = {
  /** One line: what happened. */
  title: string;
  /** Sentences: what it means and what follows. */
  text: string;
  details: { label: string; value: string }[];
  /** `path` is below `/{workspace}/{environment}`. */
  action: { label: string; path: string };
};

const HOUR_MS = 3_600_000;

/** `24 Nov 2026, 14:05 UTC` */
export function utcTime(instant: string): string {
  const date = new Date(instant);
  const day = date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** `90 min`, `61 h`, `5 days`: one unit, rounded down. */
export function spanText(ms: number): string {
  if (ms < 2 * HOUR_MS) return `${Math.max(0, Math.floor(ms / 60_000))} min`;
  const hours = Math.floor(ms / HOUR_MS);
  return hours < 96 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

const plural = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** The endpoint as people know it: its description, else its host. */
export function endpointLabel(endpoint: { name: string; host: string }): string {
  return endpoint.name === "" ? oneLine(endpoint.host) : `“${oneLine(endpoint.name, 80)}”`;
}

function lastError(errorClass: string | null): { label: string; value: string }[] {
  const known = (ATTEMPT_ERROR_CLASSES as readonly (string | null)[]).includes(errorClass);
  return known ? [{ label: "Last error", value: errorHint(errorClass as AttemptErrorClass).title }] : [];
}

const receiver = (endpoint: { host: string }) => ({ label: "Receiver", value: oneLine(endpoint.host) });

function failing(facts: FactsOf<"endpoint.failing">, id: string | null): AlertText {
  const label = endpointLabel(facts.endpoint);
  const end =
    facts.disables_at === null
      ? "If nothing succeeds, it will be disabled"
      : `If nothing succeeds, it will be disabled on ${utcTime(facts.disables_at)}`;
  return {
    title: `${label} has been failing for ${spanText(facts.failing_hours * HOUR_MS)}`,
    text: `Not one delivery has succeeded since ${utcTime(facts.failing_since)}. ${end}; its deliveries are then held until somebody decides. One success ends the warning.`,
    details: [
      receiver(facts.endpoint),
      { label: "Failed attempts", value: facts.failed_attempts.toLocaleString("en-US") },
      { label: "Failing deliveries", value: facts.failing_deliveries.toLocaleString("en-US") },
      { label: "Time", value: `${facts.percent} % of ${spanText(facts.after_hours * HOUR_MS)}` },
      ...lastError(facts.last_error_class),
    ],
    action: { label: "Look at the endpoint", path: `/endpoints/${id}` },
  };
}

function disabled(facts: FactsOf<"endpoint.disabled">, id: string | null): AlertText {
  const label = endpointLabel(facts.endpoint);
  const gone = facts.reason === "receiver_gone";
  return {
    title: gone
      ? `${label} was disabled: it answered 410 Gone`
      : `${label} was disabled because it kept failing`,
    text: `${
      gone
        ? "With 410 a receiver says that it wants no more deliveries."
        : `Not one delivery succeeded${facts.failing_since === null ? "" : ` since ${utcTime(facts.failing_since)}`}.`
    } Nothing is sent to it; deliveries that match are held. When you enable it again you choose what becomes of them: send them now, make them anew, keep them for later, or drop them.`,
    details: [
      receiver(facts.endpoint),
      ...(gone ? [] : [{ label: "Failed attempts", value: facts.failed_attempts.toLocaleString("en-US") }]),
      ...lastError(facts.last_error_class),
    ],
    action: { label: "Decide and enable", path: `/endpoints/${id}?decide=enable` },
  };
}

function egress(facts: FactsOf<"egress.down">): AlertText {
  const over = facts.until !== null;
  return {
    title: over ? "Deliveries get out again" : "Nothing gets out of Signpost",
    text: over
      ? `From ${utcTime(facts.since)} to ${utcTime(facts.until ?? "")} no receiver answered. That time counts against no endpoint; retries go on as planned.`
      : `Since ${utcTime(facts.since)} no receiver has answered, and several fell silent at once. The likely cause is the network, the DNS or the egress proxy of this instance. No endpoint is disabled meanwhile, and nothing is lost.`,
    details: [{ label: "Endpoints that fell silent", value: facts.endpoints.toLocaleString("en-US") }],
    action: { label: "Open the overview", path: "" },
  };
}

function certificate(facts: FactsOf<"certificate.expiring">, id: string | null, atMs: number): AlertText {
  const leftMs = Date.parse(facts.expires_at) - atMs;
  const label = endpointLabel(facts.endpoint);
  const ours = facts.whose === "client";
  const which = ours
    ? `The client certificate for ${label}`
    : `The certificate of ${oneLine(facts.endpoint.host)}`;
  return {
    title: leftMs <= 0 ? `${which} has expired` : `${which} expires in ${spanText(leftMs)}`,
    text: ours
      ? `It ends on ${utcTime(facts.expires_at)}. Without a new one the receiver will refuse our connections, and deliveries to ${label} will fail.`
      : `It ends on ${utcTime(facts.expires_at)}. Unless the receiver renews it, deliveries to ${label} will fail from then on.`,
    details: [receiver(facts.endpoint)],
    action: ours
      ? { label: "Upload a new certificate", path: `/endpoints/${id}/settings` }
      : { label: "Look at the endpoint", path: `/endpoints/${id}` },
  };
}

function rotated(facts: FactsOf<"secret.rotated">, id: string | null): AlertText {
  const label = endpointLabel(facts.endpoint);
  return {
    title: `The secret of ${label} was rotated`,
    text:
      facts.overlap_seconds === 0
        ? "The old secret no longer signs. A receiver that still verifies with it refuses every delivery."
        : `Both secrets sign for ${spanText(facts.overlap_seconds * 1000)}; after that only the new one does.`,
    details: [
      receiver(facts.endpoint),
      { label: "By", value: oneLine(facts.by) },
      { label: "New secret", value: oneLine(facts.secret_hint) },
    ],
    action: { label: "Look at the secret", path: `/endpoints/${id}/secret` },
  };
}

/** The words of one alert. `endpointId` is what links lead to; `atMs` is when it happened. */
export function describeAlert(content: AlertContent, endpointId: string | null, atMs: number): AlertText {
  switch (content.kind) {
    case "endpoint.failing":
      return failing(content.facts, endpointId);
    case "endpoint.disabled":
      return disabled(content.facts, endpointId);
    case "endpoint.recovered":
      return {
        title: `${endpointLabel(content.facts.endpoint)} is well again`,
        text: `It had been failing since ${utcTime(content.facts.failing_since)}. A delivery has succeeded, and the clock is back at zero.`,
        details: [receiver(content.facts.endpoint)],
        action: { label: "Look at the endpoint", path: `/endpoints/${endpointId}` },
      };
    case "delivery.exhausted":
      return {
        title: `${plural(content.facts.count, "delivery", "deliveries")} to ${endpointLabel(content.facts.endpoint)} gave up`,
        text: "They ended without a success. Nothing more is sent unless somebody replays them.",
        details: [receiver(content.facts.endpoint)],
        action: { label: "Look at the deliveries", path: `/endpoints/${endpointId}/deliveries?state=failed` },
      };
    case "certificate.expiring":
      return certificate(content.facts, endpointId, atMs);
    case "secret.rotated":
      return rotated(content.facts, endpointId);
    case "egress.down":
      return egress(content.facts);
  }
}

const DIGEST_TITLES: Record<AlertContent["kind"], (count: number) => string> = {
  "endpoint.failing": (count) => `${count} warnings about failing endpoints`,
  "endpoint.disabled": (count) => `${count} endpoints were disabled`,
  "endpoint.recovered": (count) => `${count} endpoints are well again`,
  "delivery.exhausted": (count) => `${plural(count, "delivery", "deliveries")} gave up`,
  "certificate.expiring": (count) => `${count} certificates are about to expire`,
  "secret.rotated": (count) => `${count} secrets were rotated`,
  "egress.down": (count) => `${count} changes to whether anything gets out`,
};

/** What an alert tells of: itself, or the deliveries that it counted. */
const weightOf = (content: AlertContent) => (content.kind === "delivery.exhausted" ? content.facts.count : 1);

/** The one line above several alerts of the kind of the first. */
export function digestTitle(contents: readonly [AlertContent, ...AlertContent[]]): string {
  const count = contents.reduce((sum, content) => sum + weightOf(content), 0);
  return DIGEST_TITLES[contents[0].kind](count);
}
