// Owns which event a profile is tried with: one of the profile's own examples, one of the catalogue, or one that happened.
import type { PreviewProfileInput, SampleEventDto } from "@/lib/contracts/profiles";

/** As it stands in a select: `sample:0`, `type:order.paid`, `event:evt_…`. */
export type ExampleChoice = `${"sample" | "type" | "event"}:${string}`;

export type ExampleEvent = Pick<PreviewProfileInput, "event" | "event_id">;

export const FIRST_SAMPLE: ExampleChoice = "sample:0";

/** The kind of a choice and what it names. */
export function readChoice(choice: ExampleChoice): { kind: "sample" | "type" | "event"; of: string } {
  const colon = choice.indexOf(":");
  return { kind: choice.slice(0, colon) as "sample" | "type" | "event", of: choice.slice(colon + 1) };
}

/** A sample as the preview takes it. */
export function sampleInput(sample: SampleEventDto): ExampleEvent {
  const { id, type, timestamp, subject, tenant, attributes, data_text } = sample;
  return {
    event: {
      id,
      type,
      timestamp,
      data_text,
      ...(subject !== null && { subject }),
      ...(tenant !== null && { tenant }),
      ...(attributes !== null && { attributes }),
    },
  };
}
