// Owns the words between ingest, sweep and the attempts themselves: what is handed over, and who takes it.

/** A delivery whose lease this process holds. */
export type LeasedDelivery = {
  deliveryId: string;
  environmentId: string;
  endpointId: string;
  eventId: string;
  /** Number of the attempt that this lease is for, unique within the delivery. */
  attemptNumber: number;
  /** Attempts with a recorded outcome so far. */
  step: number;
  leaseToken: bigint;
  trigger: "event" | "replay" | "test";
  /** Monotonic milliseconds (performance.now) after which the lease may have ended; read before the claim was sent. */
  leaseEndsAt: number;
};

export type DeliveryPump = {
  /** How many more leased deliveries may be handed over right now for this endpoint; 0 means leave them to the sweep. */
  room(endpointId: string): number;
  /** Takes over leased deliveries; every one of them will be attempted or released. */
  accept(deliveries: LeasedDelivery[]): void;
  /** Says that due work may be waiting in the database. */
  wake(): void;
  /** Claims and attempts one due delivery, whoever was going to; resolves when its outcome is recorded. */
  attemptOne(deliveryId: string, options: { force: boolean }): Promise<AttemptOneResult>;
  /** Forgets what is cached about an endpoint, so that the next attempt sees its new settings, state and secrets. */
  forgetEndpoint(endpointId: string): void;
};

export type AttemptOneResult =
  | { outcome: "settled"; state: string }
  | { outcome: "retry"; nextAttemptAt: Date }
  | { outcome: "not_due"; nextAttemptAt: Date }
  | { outcome: "busy"; retryAt: Date };
