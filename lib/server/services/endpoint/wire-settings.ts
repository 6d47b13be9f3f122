// Owns what an endpoint takes from its profile and what a person has set for it alone; and the refusal of filters, profiles
// and headers that cannot work.
import { type CreateEndpointInput, PROFILE_SETTINGS, type ProfileSetting } from "@/lib/contracts/endpoints";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { compileFilter } from "@/lib/domain/filter/compile";
import { compileProfile } from "@/lib/domain/profile/compile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import type { AutoDisableRule } from "@/lib/domain/profile/definition-shape";
import type { RetryPolicy } from "@/lib/domain/retry/policy";
import type { ServiceContext } from "@/lib/server/context";
import type { Tx } from "@/lib/server/repositories/database";
import { type ProfileInUse, takeProfile } from "@/lib/server/repositories/profiles";

/** The filter as it is kept. Throws `invalid_request` with every problem and its position. */
export function acceptFilter(filter: string | null): string | null {
  if (filter === null) return null;
  const compiled = compileFilter(filter);
  if (compiled.ok) return filter;
  throw new AppError("invalid_request", "The filter cannot be used.", {
    errors: compiled.problems.map(({ message, position }) => ({
      path: "filter",
      message: `${message} (at character ${position + 1})`,
    })),
  });
}

/** The newest version of the profile. Throws `invalid_request` at `path` when there is none of that name. */
export async function requireProfile(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  path = "profile",
): Promise<ProfileInUse> {
  const profile = await takeProfile(tx, ctx.newId, actor.workspaceId, ref);
  if (profile !== null) return profile;
  const message = `There is no profile "${ref}" in this workspace. GET /api/v1/profiles lists them.`;
  throw new AppError("invalid_request", message, { errors: [{ path, message }] });
}

/** Header names that the profile sends itself; an endpoint's own headers must have others. */
export function profileHeaderNames(definition: ProfileDefinition): readonly string[] {
  return compileProfile(definition).headerNames;
}

type Given = Pick<CreateEndpointInput, ProfileSetting>;
export type FollowedSettings = {
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  autoDisable: AutoDisableRule | null;
  overrides: ProfileSetting[];
};

/**
 * The settings of an endpoint on this profile: `given` where a person has set them (null and undefined follow the profile),
 * `before` where they were set earlier and are not mentioned now.
 */
export function followProfile(
  definition: ProfileDefinition,
  given: Given,
  before: FollowedSettings | null = null,
): FollowedSettings {
  const kept = (name: ProfileSetting) =>
    given[name] === undefined && before?.overrides.includes(name) === true;
  const overrides = PROFILE_SETTINGS.filter((name) => given[name] != null || kept(name));
  const own = (name: ProfileSetting) => (kept(name) ? before : null);
  const autoDisable = own("auto_disable");
  return {
    overrides,
    timeoutMs: given.timeout_ms ?? own("timeout_ms")?.timeoutMs ?? definition.timeout_ms,
    retryPolicy: given.retry_policy ?? own("retry_policy")?.retryPolicy ?? definition.retry_policy,
    autoDisable:
      given.auto_disable === false
        ? null
        : (given.auto_disable ?? (autoDisable === null ? definition.auto_disable : autoDisable.autoDisable)),
  };
}
