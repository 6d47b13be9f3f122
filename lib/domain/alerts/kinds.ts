// Owns the kinds of alerts: what each is called, how grave it is, how often it may come, and who gets it unasked.
import type { Role } from "../access/permissions";

export const ALERT_KINDS = [
  "endpoint.disabled",
  "endpoint.failing",
  "endpoint.recovered",
  "delivery.exhausted",
  "certificate.expiring",
  "secret.rotated",
  "egress.down",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CHANNEL_VIAS = ["email", "slack", "webhook"] as const;
export type ChannelVia = (typeof CHANNEL_VIAS)[number];

type KindInfo = {
  label: string;
  /** What it tells, for those who choose. */
  description: string;
  severity: Severity;
  /** At most one message to the same reader in so many minutes; what comes in between is told together. */
  windowMinutes: number;
};

export const KIND_INFO: Record<AlertKind, KindInfo> = {
  "endpoint.disabled": {
    label: "Endpoint disabled",
    description: "An endpoint was disabled because it kept failing, or because it answered 410 Gone.",
    severity: "critical",
    windowMinutes: 15,
  },
  "endpoint.failing": {
    label: "Endpoint failing",
    description: "Warnings on the way to an endpoint being disabled.",
    severity: "warning",
    windowMinutes: 15,
  },
  "endpoint.recovered": {
    label: "Endpoint well again",
    description: "An endpoint that a warning was given for takes deliveries again.",
    severity: "info",
    windowMinutes: 15,
  },
  "delivery.exhausted": {
    label: "Deliveries gave up",
    description: "Deliveries that ended without a success, counted and told at most once an hour.",
    severity: "warning",
    windowMinutes: 60,
  },
  "certificate.expiring": {
    label: "Certificate expiring",
    description: "A receiver's certificate, or one of ours that an endpoint asks for, is about to expire.",
    severity: "warning",
    windowMinutes: 15,
  },
  "secret.rotated": {
    label: "Secret rotated",
    description: "Somebody gave an endpoint a new signing secret.",
    severity: "info",
    windowMinutes: 15,
  },
  "egress.down": {
    label: "Nothing gets out",
    description: "All receivers fell silent at once: the network of this instance is the likely cause.",
    severity: "critical",
    windowMinutes: 15,
  },
};

/** Kinds that owners and admins get by e-mail unless they turn them off. */
const UNASKED: ReadonlySet<AlertKind> = new Set(ALERT_KINDS.filter((kind) => kind !== "delivery.exhausted"));

/** True when a member of this role gets the kind by e-mail without having chosen. */
export function isMailedByDefault(kind: AlertKind, role: Role): boolean {
  return (role === "owner" || role === "admin") && UNASKED.has(kind);
}

/** True when `severity` is at least `least`. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
