// Owns what a test of an endpoint begins with: which types are offered, and which one first.
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { EventTypeDto } from "@/lib/contracts/event-types";
import { matchesEventType } from "@/lib/domain/endpoint/event-type-match";

/** The type of a test that is about no event of the producer. */
export const PLAIN_TEST = "signpost.test";

/** What is sent for a type without an example. */
export const PLAIN_DATA = '{\n  "message": "This is a test from Signpost."\n}';

export type TestTypes = {
  /** Types that the endpoint takes, those with an example first. */
  taken: EventTypeDto[];
  /** Others with an example: a test reaches the endpoint all the same. */
  others: EventTypeDto[];
};

const byExample = (a: EventTypeDto, b: EventTypeDto) =>
  Number(b.has_example) - Number(a.has_example) || (a.name < b.name ? -1 : 1);

/** The types to test an endpoint with; archived ones are not offered. */
export function testTypes(types: readonly EventTypeDto[], patterns: readonly string[]): TestTypes {
  const current = types.filter((type) => type.archived_at === null && type.name !== PLAIN_TEST);
  const taken = current.filter((type) => matchesEventType(patterns, type.name)).sort(byExample);
  const others = current.filter((type) => type.has_example && !taken.includes(type));
  return { taken, others };
}

/**
 * The type that a test begins with: one with an example that the endpoint takes, of its own profile's pack if there is
 * one; the plain test when there is none.
 */
export function firstTestType(
  { taken }: TestTypes,
  profileSlug: EndpointDto["profile"]["slug"] | null,
): string {
  const withExample = taken.filter((type) => type.has_example);
  const ofProfile = withExample.find((type) => type.pack !== null && type.pack === profileSlug);
  return (ofProfile ?? withExample[0])?.name ?? PLAIN_TEST;
}
