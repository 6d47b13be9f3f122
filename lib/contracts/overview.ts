// Owns the wire shape of an environment's overview: is it delivering, and is it set up at all.
import type { EndpointState } from "@/lib/domain/delivery/states";
import type { Instant } from "./common";

/** An endpoint that is not delivering everything. */
export type TroubledEndpointDto = {
  id: string;
  url: string;
  description: string;
  state: EndpointState;
  state_reason: string | null;
  /** Deliveries of the last 24 hours. */
  succeeded_24h: number;
  failed_24h: number;
  /** Deliveries that have failed at least once and will be tried again. */
  retrying: number;
};

export type OverviewDto = {
  first_steps: { endpoint: boolean; api_key: boolean; event: boolean };
  /** Deliveries made since `counted_since` (24 hours, or less on a very busy environment), without tests. */
  counted_since: Instant;
  succeeded: number;
  failed: number;
  /** All that are open now, however old. */
  pending: number;
  held: number;
  /** Since when the longest waiting delivery has been due; null when nothing is overdue. */
  oldest_due_at: Instant | null;
  /** Duration of the last attempt of succeeded deliveries; null when there are none. */
  latency_ms: { p50: number; p95: number } | null;
  /** Finished deliveries by the hour in which they were made, oldest first, 24 entries. */
  hourly: { succeeded: number; failed: number }[];
  troubled_endpoints: TroubledEndpointDto[];
};
