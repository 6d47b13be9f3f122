// Owns the state words of deliveries and endpoints; Prisma, DTOs and badges share them.

export const DELIVERY_STATES = ["pending", "succeeded", "failed", "held", "cancelled"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const ENDPOINT_STATES = ["active", "paused", "disabled"] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** Why an endpoint is disabled, machine-readable. */
export const DISABLED_REASONS = ["manual", "receiver_gone", "failing"] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Where a delivery came from. */
export const DELIVERY_TRIGGERS = ["event", "replay", "test"] as const;
export type DeliveryTrigger = (typeof DELIVERY_TRIGGERS)[number];

/** True when nothing will change the state by itself any more. */
export function isFinalState(state: DeliveryState): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}
