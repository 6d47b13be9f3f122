// What the tests of profiles share: events, awkward payloads, and one request as a delivery would send it.

import { builtInProfile } from "@/lib/domain/profile/built-in";
import type { BuiltInProfile } from "@/lib/domain/profile/built-in/built-in-profile";
import {
  type AttemptFacts,
  type CompiledProfile,
  compileProfile,
  type ProfileEvent,
} from "@/lib/domain/profile/compile";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
import type { Sent } from "@/tests/support/verifiers/sent";

export const URL = "https://receiver.example.com/hooks/in?tenant=a%20b";

/** Data that comes out different when somebody parses it and writes it again. */
export const AWKWARD_DATA: readonly (readonly [name: string, json: string])[] = [
  ["key order", '{"b":1,"a":2,"10":3,"2":4}'],
  ["big and exact numbers", '{"id":820982911946154508,"n":1.10,"e":1E400,"z":-0}'],
  ["duplicate keys", '{"a":1,"a":2,"b":{"c":1,"c":2}}'],
  ["escapes", '{"s":"\\u0041\\/\\ud83d\\ude00\\ud800","t":"\\"\\\\\\n"}'],
  ["emoji and accents", '{"name":"Zoë 🦊 日本語","ключ":"значение"}'],
  ["line separators", '{"s":"a\u2028b\u2029c"}'],
  ["white space", '{ "a" : [ 1 ,\n\t2 ] }'],
  ["text", '"only text"'],
  ["nothing", "null"],
  ["depth", `${"[".repeat(100)}${"]".repeat(100)}`],
];

export function anEvent(changes: Partial<Omit<ProfileEvent, "data">> & { data?: string } = {}): ProfileEvent {
  const { data = '{"a":1}', ...rest } = changes;
  return {
    id: "evt_01k0w3g8zqe9v8m2c5t7r4n6pb",
    type: "order.paid",
    occurredAtMs: Date.parse("2026-03-15T14:30:00.123Z"),
    subject: null,
    tenant: null,
    attributes: null,
    environment: "live",
    ...rest,
    data: Buffer.from(data),
  };
}

export function anAttempt(changes: Partial<AttemptFacts> = {}): AttemptFacts {
  return {
    id: "att_01k0w3g8zqe9v8m2c5t7r4n6pb",
    number: 1,
    timeMs: Date.now(),
    deliveryId: "dlv_01k0w3g8zqe9v8m2c5t7r4n6pb",
    endpointId: "ep_01k0w3g8zqe9v8m2c5t7r4n6pb",
    ...changes,
  };
}

export function builtIn(slug: string): BuiltInProfile {
  const profile = builtInProfile(slug);
  if (profile === null) throw new Error(`there is no built-in ${slug}`);
  return profile;
}

export type { Sent } from "@/tests/support/verifiers/sent";

/** The request of one attempt. */
export function send(
  profile: CompiledProfile,
  input: { event?: ProfileEvent; attempt?: AttemptFacts; secrets: readonly string[]; url?: string },
): Sent {
  const { event = anEvent(), attempt = anAttempt(), secrets, url = URL } = input;
  const body = profile.render(event);
  const own = profile.headers({ event, attempt, body });
  const keys = secrets.map((secret) => profile.openKey(secret));
  const headers = [...own, ...profile.sign({ event, attempt, body, keys, url, headers: own })];
  const byName = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { method: "POST", url, headers, body, header: (name) => byName.get(name.toLowerCase()) };
}

export function compileBuiltIn(slug: string): CompiledProfile {
  return compileProfile(builtIn(slug).definition);
}

/** A definition made of the default one with changes, as a person would send it. */
export function definitionWith(changes: Record<string, unknown>): unknown {
  return { ...builtIn("standard-webhooks").definition, ...changes };
}

export function compileWith(changes: Record<string, unknown>): CompiledProfile {
  return compileProfile(profileDefinitionSchema.parse(definitionWith(changes)));
}

/** Where a definition is refused and why, as `path: message`; empty when it is accepted. */
export function refusals(changes: Record<string, unknown>): string[] {
  const result = profileDefinitionSchema.safeParse(definitionWith(changes));
  return result.success
    ? []
    : result.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
}
