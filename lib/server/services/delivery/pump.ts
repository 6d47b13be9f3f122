// Owns the words between ingest, sweep and the attempts themselves: what is handed over, and who takes it.
import type { DeliveryTrigger } from "@/lib/domain/delivery/states";
import type { ProfileEvent } from "@/lib/domain/profile/compile";
import type { WireRef } from "./wires";

/** What of an event its deliveries need; `data` is null once retention has cleared the payload. */
export type DeliverableEvent = Omit<ProfileEvent, "data" | "environment"> & { data: Buffer | null };

/** A delivery whose lease this process holds. */
export type LeasedDelivery = {
  deliveryId: string;
  environmentId: string;
  endpointId: string;
  event: DeliverableEvent;
  /** Number of the attempt that this lease is for, unique within the delivery. */
  attemptNumber: number;
  /** Attempts with a recorded outcome so far. */
  step: number;
  leaseToken: bigint;
  trigger: DeliveryTrigger;
  wire: WireRef;
  /** Milliseconds from the first attempt to the claim; null before the first one. */
  elapsedMs: number | null;
  /** Monotonic milliseconds (`performance.now`) at which the lease may end; taken before the claim was sent. */
  leaseEndsAt: number;
};

export type AttemptOneResult =
  | { outcome: "settled"; state: string }
  | { outcome: "retry"; nextAttemptAt: Date }
  | { outcome: "not_due"; nextAttemptAt: Date }
  | { outcome: "busy"; retryAt: Date };

export type DeliveryPump = {
  /** How many more leased deliveries may be handed over right now for this endpoint; 0 leaves them to a claim. */
  room(endpointId: string): number;
  /** Takes over leased deliveries; every one of them will be attempted or released. */
  accept(deliveries: readonly LeasedDelivery[]): void;
  /** Says that due work may be waiting in the database. */
  wake(): void;
  /** Claims what is due until nothing is left or there is no room; gives how many were claimed. */
  claimNow(): Promise<number>;
  /** Claims and attempts one delivery that is due (or `force`); resolves when its outcome is recorded. */
  attemptOne(deliveryId: string, options: { force: boolean }): Promise<AttemptOneResult>;
  /** Takes a delivery out of memory that was cancelled in the database, if it waits there. */
  drop(deliveryId: string): void;
  /** Forgets what is cached about an endpoint: the next attempt sees its new settings, state and secrets. */
  forgetEndpoint(endpointId: string): void;
  /** Numbers for health and metrics. */
  load(): { queued: number; inFlight: number };
};
