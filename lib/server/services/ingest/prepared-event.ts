// Owns the shape of an event that was matched and is ready to be written.
import type { EventRow } from "../../repositories/hot-path/ingest-statement";
import type { LeasedDelivery } from "../delivery/pump";

export type PreparedEvent = {
  row: EventRow;
  leased: LeasedDelivery[];
  preparedAt: number;
  receivedAtMs: number;
  /** Callbacks that take nothing after this event. */
  ends: string[];
};
