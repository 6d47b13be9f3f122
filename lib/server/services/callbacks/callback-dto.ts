// Owns the way from the row of a callback's endpoint to what is shown of the callback.
import type { CallbackDto } from "@/lib/contracts/callbacks";
import type { EndpointState } from "@/lib/domain/delivery/states";
import { callbackStatus } from "@/lib/domain/endpoint/kinds";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import type { EndpointView } from "@/lib/server/repositories/endpoints";

/** `nowMs` decides whether it has expired. */
export function toCallbackDto(row: EndpointView, nowMs: number): CallbackDto {
  return {
    subject: row.subjects[0] ?? "",
    status: callbackStatus(
      {
        expiresAtMs: row.expiresAt?.getTime() ?? null,
        unsubscribedAtMs: row.unsubscribedAt?.getTime() ?? null,
      },
      nowMs,
    ),
    endpoint_id: row.id,
    // The column has a check constraint with the same words.
    endpoint_state: row.state as EndpointState,
    callback_url: row.url,
    event_types: row.eventTypes,
    tenant: row.tenant,
    profile: row.profileVersion?.profile.slug ?? DEFAULT_PROFILE.slug,
    expires_at: row.expiresAt?.toISOString() ?? null,
    unsubscribe_on: row.unsubscribeOn,
    unsubscribed_at: row.unsubscribedAt?.toISOString() ?? null,
    unsubscribed_by_event: row.unsubscribedByEvent,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
