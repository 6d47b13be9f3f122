// Owns the list of built-in profiles, in the order in which people see them.
import type { BuiltInProfile } from "./built-in-profile";
import { GITHUB } from "./github";
import { NZOCHAIN } from "./nzochain";
import { SHOPIFY } from "./shopify";
import { SLACK } from "./slack";
import { STANDARD_WEBHOOKS, STANDARD_WEBHOOKS_ED25519, SVIX } from "./standard-webhooks";
import { STRIPE } from "./stripe";
import { VISISTO } from "./visisto";
import { VIVOLDI } from "./vivoldi";
import { VIZI } from "./vizi";
import { VIZION } from "./vizion";

export const BUILT_IN_PROFILES: readonly BuiltInProfile[] = [
  STANDARD_WEBHOOKS,
  STANDARD_WEBHOOKS_ED25519,
  SVIX,
  STRIPE,
  GITHUB,
  SHOPIFY,
  SLACK,
  VIZI,
  NZOCHAIN,
  VIZION,
  VIVOLDI,
  VISISTO,
];

/** What an endpoint without a profile of its own uses. */
export const DEFAULT_PROFILE = STANDARD_WEBHOOKS;

/** The built-in with that slug, or null. */
export function builtInProfile(slug: string): BuiltInProfile | null {
  return BUILT_IN_PROFILES.find((profile) => profile.slug === slug) ?? null;
}
