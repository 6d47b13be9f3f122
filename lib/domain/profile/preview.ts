// Owns the request that a definition makes of an example event, exactly as a delivery would send it.
import type { SampleEvent } from "./built-in/built-in-profile";
import { compileProfile, type ProfileEvent } from "./compile";
import type { ProfileDefinition } from "./definition";

export type PreviewInput = {
  /** Accepted by `profileDefinitionSchema`. */
  definition: ProfileDefinition;
  sample: SampleEvent;
  /** The current one first; empty for a profile that does not sign. */
  secrets: readonly string[];
  /** When the attempt starts, in Unix milliseconds. */
  atMs: number;
  url: string;
  environment: string;
  attempt: { id: string; number: number; deliveryId: string; endpointId: string };
};

export type RequestPreview = {
  method: "POST";
  url: string;
  headers: [name: string, value: string][];
  body: string;
};

/** A sample as an event of the given environment. */
export function sampleEvent(sample: SampleEvent, environment: string): ProfileEvent {
  return {
    id: sample.id,
    type: sample.type,
    occurredAtMs: Date.parse(sample.timestamp),
    data: Buffer.from(sample.data),
    subject: sample.subject ?? null,
    tenant: sample.tenant ?? null,
    attributes: sample.attributes ?? null,
    environment,
  };
}

/**
 * The request of one attempt, an endpoint's own headers left out. Throws `SecretError` for a secret that the
 * signature cannot use, `BodyTooLargeError` where a delivery would be refused.
 */
export function previewRequest(input: PreviewInput): RequestPreview {
  const profile = compileProfile(input.definition);
  const event = sampleEvent(input.sample, input.environment);
  const body = profile.render(event);
  const common = { event, attempt: { ...input.attempt, timeMs: input.atMs }, body };
  const headers = profile.headers(common);
  const keys = input.secrets.map((secret) => profile.openKey(secret));
  return {
    method: "POST",
    url: input.url,
    headers: [...headers, ...profile.sign({ ...common, headers, keys, url: input.url })],
    body: body.toString("utf8"),
  };
}
