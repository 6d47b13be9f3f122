// Owns the settings form as data: from an endpoint, and back as the change to send. Pure.
import { type RefineDraft, refineChange, refineDraftOf } from "@/lib/client/endpoints/refine-draft";
import type { EndpointDto, UpdateEndpointInput } from "@/lib/contracts/endpoints";
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import type { HeaderRow } from "../form/headers-editor";

export type SettingsForm = {
  url: string;
  description: string;
  tenant: string;
  eventTypes: string[];
  /** These two follow the profile while they are null. */
  timeoutMs: number | null;
  retryPolicy: RetryPolicy | null;
  maxConcurrency: number;
  /** Subjects, filter, mapping, rate, auto-disable. */
  refine: RefineDraft;
  /** Null: leave the stored headers as they are (their values cannot be read back). */
  headers: HeaderRow[] | null;
};

/** The form as the endpoint is saved. */
export function formOf(endpoint: EndpointDto): SettingsForm {
  return {
    url: endpoint.url,
    description: endpoint.description,
    tenant: endpoint.tenant ?? "",
    eventTypes: endpoint.event_types,
    timeoutMs: endpoint.overrides.includes("timeout_ms") ? endpoint.timeout_ms : null,
    retryPolicy: endpoint.overrides.includes("retry_policy") ? endpoint.retry_policy : null,
    maxConcurrency: endpoint.max_concurrency,
    refine: refineDraftOf(endpoint),
    headers: null,
  };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs from the saved endpoint, so that two people who change different fields both win. */
export function changeOf(form: SettingsForm, endpoint: EndpointDto): UpdateEndpointInput {
  const saved = formOf(endpoint);
  const filled = form.headers?.filter((row) => row.name !== "" || row.value !== "");
  return {
    ...(form.url.trim() !== saved.url && { url: form.url.trim() }),
    ...(form.description !== saved.description && { description: form.description }),
    ...(form.tenant !== saved.tenant && { tenant: form.tenant === "" ? null : form.tenant }),
    ...(!same(form.eventTypes, saved.eventTypes) && { event_types: form.eventTypes }),
    ...(form.timeoutMs !== saved.timeoutMs && { timeout_ms: form.timeoutMs }),
    ...(!same(form.retryPolicy, saved.retryPolicy) && { retry_policy: form.retryPolicy }),
    ...(form.maxConcurrency !== saved.maxConcurrency && { max_concurrency: form.maxConcurrency }),
    ...refineChange(form.refine, endpoint),
    ...(filled !== undefined && {
      headers: filled.length === 0 ? null : Object.fromEntries(filled.map((row) => [row.name, row.value])),
    }),
  };
}
