// Owns the wire shape of the event types that a person may choose from.
import type { Instant } from "./common";

/** Where a name is known from: described in the catalogue, seen in recent events, or named by an endpoint. */
export type EventTypeSource = "catalogue" | "observed" | "subscribed";

export type EventTypeDto = {
  name: string;
  description: string;
  sources: EventTypeSource[];
  /** The most recent event of this type among the latest ones looked at. */
  last_seen_at: Instant | null;
};
