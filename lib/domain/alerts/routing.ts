// Owns who is told what: members by their role and choices, channels by their settings.
import type { Role } from "../access/permissions";
import { type AlertKind, isAtLeast, isMailedByDefault, type Severity } from "./kinds";

export type RoutedAlert = {
  kind: AlertKind;
  severity: Severity;
  /** Null when it is about the whole workspace. */
  environment: "live" | "sandbox" | null;
};

export type MemberChoices = {
  role: Role;
  /** What the member has chosen; a kind that is missing follows the role. */
  choices: Readonly<Partial<Record<AlertKind, boolean>>>;
  /** Alerts of the sandbox too. */
  sandbox: boolean;
};

/** True when the member gets an e-mail about it. */
export function memberWants({ role, choices, sandbox }: MemberChoices, alert: RoutedAlert): boolean {
  if (alert.environment === "sandbox" && !sandbox) return false;
  return choices[alert.kind] ?? isMailedByDefault(alert.kind, role);
}

export type ChannelChoices = {
  enabled: boolean;
  kinds: readonly string[];
  environments: readonly string[];
  minSeverity: Severity;
};

/** True when the channel is to carry it. */
export function channelWants(channel: ChannelChoices, alert: RoutedAlert): boolean {
  return (
    channel.enabled &&
    channel.kinds.includes(alert.kind) &&
    (alert.environment === null || channel.environments.includes(alert.environment)) &&
    isAtLeast(alert.severity, channel.minSeverity)
  );
}
