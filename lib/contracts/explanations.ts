// Owns the wire shape of "who did not get this event, and why".
import type { EndpointState } from "@/lib/domain/delivery/states";
import { MISMATCH_CODES } from "@/lib/domain/endpoint/explain-match";
import type { Instant } from "./common";

/**
 * `test_event`: a test goes to one endpoint only; `created_later`: it did not exist yet; `wanted_now`: its settings have
 * changed since, today it would get the event. The others are what its settings of now say.
 */
export const NOT_DELIVERED_CODES = ["test_event", "created_later", ...MISMATCH_CODES, "wanted_now"] as const;
export type NotDeliveredCode = (typeof NOT_DELIVERED_CODES)[number];

export type NotDeliveredDto = {
  endpoint_id: string;
  url: string;
  description: string;
  state: EndpointState;
  reason: NotDeliveredCode;
  detail: string;
};

/** Callbacks of other subjects are left out. Computed with the settings of `computed_at`: those of the moment when the event came in are not kept. */
export type EventExplanationDto = {
  event_id: string;
  computed_at: Instant;
  /** Endpoints of the environment that have a delivery of the event. */
  delivered_to: number;
  not_delivered: NotDeliveredDto[];
};
