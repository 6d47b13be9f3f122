// Owns the wire shape of an endpoint's health: how it is, and what the auto-disable rule makes of it.
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { Instant } from "./common";

export const HEALTH_STATUSES = ["unknown", "well", "failing"] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** Only ordinary deliveries count: tests, replays and our own faults say nothing about a receiver. */
export type EndpointHealthDto = {
  endpoint_id: string;
  /** `unknown` before the first counting attempt. */
  status: HealthStatus;
  failing_since: Instant | null;
  /** Failed attempts since then. */
  failed_attempts: number;
  /** Deliveries with a failed attempt since then, counted up to 1,000. */
  failing_deliveries: number;
  last_failure_at: Instant | null;
  last_error_class: string | null;
  /** Up to a minute old while all is well. */
  last_success_at: Instant | null;
  /** The rule; null when the endpoint is never disabled by itself. */
  auto_disable: AutoDisableRule | null;
  /** Time that counts against it, and time that does not because nobody was here or nothing got out. */
  failing_seconds: number;
  left_out_seconds: number;
  /** The share of the rule's time that has passed. */
  percent: number | null;
  /** The highest stage that people were warned at; 0 for none. */
  warned_percent: number;
  next_warning: { percent: number; at: Instant } | null;
  /** When it will be disabled if nothing succeeds and at least `min_failures` deliveries fail. */
  disables_at: Instant | null;
  /** Nothing gets out of this instance at the moment: no clock runs. */
  nothing_gets_out: boolean;
  /** When the receiver's certificate ends; null without one. */
  certificate_expires_at: Instant | null;
};
