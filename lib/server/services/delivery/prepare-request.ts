// Owns the request of one attempt: the body and headers that the delivery's profile asks for, signed with the secrets of
// now. Sends nothing. What cannot be built is refused with the class that the attempt is recorded under.
import { createHash } from "node:crypto";
import type { AttemptErrorClass } from "@/lib/domain/delivery/error-classes";
import { BodyTooLargeError } from "@/lib/domain/profile/body-limit";
import type { ProfileEvent } from "@/lib/domain/profile/compile";
import { SecretError } from "@/lib/domain/signing/keys";
import { TransformError } from "@/lib/domain/transform/errors";
import type { LeasedDelivery } from "./pump";
import type { Target, TargetKey } from "./targets";
import { renderOnWire, type Wire } from "./wires";

type Parts = {
  /** The profile's headers, signature included. */
  own: [string, string][];
  /** The endpoint's own headers; their values are never shown. */
  custom: [string, string][];
  body: Buffer;
  bodySha256: Buffer | null;
  /** The secrets that signed. */
  secretIds: string[];
};

export type PreparedRequest =
  | ({ outcome: "ready" } & Parts)
  | ({ outcome: "refused"; errorClass: AttemptErrorClass; message: string } & Parts);

const EMPTY = Buffer.alloc(0);

function refused(
  errorClass: AttemptErrorClass,
  message: string,
  parts: Partial<Parts> = {},
): PreparedRequest {
  return {
    outcome: "refused",
    errorClass,
    message,
    own: [],
    custom: [],
    body: EMPTY,
    bodySha256: null,
    secretIds: [],
    ...parts,
  };
}

/** Builds and signs the request of attempt `id` at `startedAtMs` (Unix milliseconds). */
export function prepareRequest(
  id: string,
  startedAtMs: number,
  delivery: LeasedDelivery,
  target: Target,
  wire: Wire,
): PreparedRequest {
  const { data } = delivery.event;
  if (data === null) {
    return refused("payload_expired", "The payload was removed by retention before it could be delivered.");
  }
  let event: ProfileEvent = { ...delivery.event, data, environment: target.environmentKind };
  let body: Buffer;
  try {
    ({ event, body } = renderOnWire(wire, event));
  } catch (error) {
    if (error instanceof TransformError) return refused("transform_failed", error.message);
    if (error instanceof BodyTooLargeError) return refused("body_too_large", error.message);
    throw error;
  }
  const bodySha256 = createHash("sha256").update(body).digest();
  const { profile } = wire;
  const attempt = {
    id,
    // Not the row's number: a lost lease uses one up, and receivers are told how often they were called.
    number: delivery.step + 1,
    timeMs: startedAtMs,
    deliveryId: delivery.deliveryId,
    endpointId: target.endpointId,
  };
  const own = profile.headers({ event, attempt, body, bodySha256 });
  const taken = new Set(profile.headerNames);
  // The profile that this delivery is pinned to may be another one than the endpoint's headers were checked against.
  const custom = target.customHeaders.filter(([name]) => !taken.has(name.toLowerCase()));
  const parts = { own, custom, body, bodySha256 };
  if (target.unreadable !== null) return refused("secret_unreadable", unsigned(target.unreadable), parts);
  try {
    // An overlap that has ended by now no longer signs, however long the target has been cached.
    const keys = target.keysFor(profile).filter((key) => isLive(key, startedAtMs));
    const signature = profile.sign({
      event,
      attempt,
      body,
      bodySha256,
      keys: keys.map(({ key }) => key),
      url: target.url,
      headers: own,
    });
    return {
      outcome: "ready",
      ...parts,
      own: [...own, ...signature],
      secretIds: keys.map((key) => key.id),
    };
  } catch (error) {
    if (error instanceof SecretError) return refused("secret_unreadable", unsigned(error.message), parts);
    throw error;
  }
}

const isLive = ({ expiresAtMs }: TargetKey, nowMs: number) => expiresAtMs === null || expiresAtMs > nowMs;

const unsigned = (reason: string) => `Nothing was sent, because it could not be signed: ${reason}.`;
