// Owns moving the endpoints of one environment from older versions of a profile to another one: all of them or none.
import { type Actor, actorAllows } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import { compileProfile } from "@/lib/domain/profile/compile";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import type { ServiceContext } from "@/lib/server/context";
import { recordAudits } from "@/lib/server/repositories/audit";
import type { Tx } from "@/lib/server/repositories/database";
import {
  lockEndpointsOf,
  type ProfileUser,
  type ProfileUserChange,
  updateProfileUsers,
} from "@/lib/server/repositories/profile-users";
import { announceEndpoint } from "../endpoint/change-endpoint";
import { followProfile } from "../endpoint/wire-settings";
import { secretsFit } from "./secrets-fit";

export type MoveTo = {
  profileId: string;
  slug: string;
  name: string;
  versionId: number;
  number: number;
  definition: ProfileDefinition;
};

/** Shown by id and host; more than this are counted. */
const MAX_SHOWN = 50;

/** Never the whole address: paths and queries of endpoints are often secrets. */
const hostOf = ({ url }: ProfileUser) => new URL(url).host;

function refuseBlocked(
  to: MoveTo,
  path: string,
  blocked: readonly { user: ProfileUser; why: string }[],
): never {
  const [first] = blocked;
  const many = blocked.length === 1 ? `${first?.user.id} cannot` : `${blocked.length} endpoints cannot`;
  throw new AppError(
    "conflict",
    `${many} be moved to version ${to.number} of ${to.name}, so nothing was changed. Save it without moving endpoints, then move each of these with what it needs.`,
    {
      errors: blocked
        .slice(0, MAX_SHOWN)
        .map(({ user, why }) => ({ path, message: `${user.id} (${hostOf(user)}): ${why}` })),
    },
  );
}

/** Why an endpoint cannot take the definition; null when it can. */
async function whyNot(
  tx: Tx,
  ctx: ServiceContext,
  users: readonly ProfileUser[],
  definition: ProfileDefinition,
): Promise<(user: ProfileUser) => string | null> {
  const { headerNames } = compileProfile(definition);
  const fits = await secretsFit(
    tx,
    ctx,
    users.map(({ id }) => id),
    definition,
  );
  return (user) => {
    if (!fits.has(user.id)) return "it needs a new secret, because this version signs with another kind";
    const clash = user.headerNames.filter((name) => headerNames.includes(name.toLowerCase()));
    if (clash.length > 0)
      return `it sends ${clash.join(", ")} itself, as this version does; remove that first`;
    return user.authHeader !== null && headerNames.includes(user.authHeader)
      ? `its authentication sets ${user.authHeader}, as this version does; remove that first`
      : null;
  };
}

/**
 * Moves every endpoint of the actor's environment that sends another version of the profile. What was set for an endpoint
 * alone stays. The caller has bumped the environment's endpoint version in this transaction, and calls `announceMoved`
 * after it. Throws `conflict` with each endpoint that would need more than that, as errors at `path`, and
 * `forbidden` when there is one and the actor may not change endpoints.
 */
export async function moveEndpoints(
  tx: Tx,
  ctx: ServiceContext,
  actor: Actor,
  to: MoveTo,
  path: string,
): Promise<ProfileUser[]> {
  const now = new Date(ctx.now());
  const users = await lockEndpointsOf(tx, actor.environmentId, to.profileId, to.versionId);
  if (users.length === 0) return users;
  // Before anything is said about them: who may not write endpoints may not read them either, perhaps.
  if (!actorAllows(actor, "endpoints:write")) {
    throw new AppError(
      "forbidden",
      `${users.length} endpoints use this profile, and moving them needs endpoints:write. Pass apply_to_endpoints: false to save the version alone.`,
    );
  }
  const check = await whyNot(tx, ctx, users, to.definition);
  const blocked = users.flatMap((user) => {
    const why = check(user);
    return why === null ? [] : [{ user, why }];
  });
  if (blocked.length > 0) refuseBlocked(to, path, blocked);

  // Endpoints with the same settings of their own follow the profile in the same way: one statement for each such group.
  for (const [overrides, ids] of byOverrides(users)) {
    const change = { profileVersionId: to.versionId, ...followed(to.definition, overrides) };
    await updateProfileUsers(tx, ids, change, now);
  }
  await recordAudits(
    tx,
    ctx,
    actor,
    users.map((user) => ({
      action: "endpoint.updated",
      targetKind: "endpoint",
      targetId: user.id,
      detail: {
        before: { profile: `${to.slug}, version ${user.number}` },
        after: { profile: `${to.slug}, version ${to.number}` },
      },
    })),
  );
  return users;
}

function byOverrides(users: readonly ProfileUser[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, overrides } of users) {
    const key = [...overrides].sort().join();
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return groups;
}

/** The settings that follow the definition, without those that were set for the endpoints (joined by commas). */
function followed(
  definition: ProfileDefinition,
  overrides: string,
): Omit<ProfileUserChange, "profileVersionId"> {
  const { timeoutMs, retryPolicy, autoDisable } = followProfile(definition, {});
  const own = overrides.split(",");
  return {
    ...(!own.includes("timeout_ms") && { timeoutMs }),
    ...(!own.includes("retry_policy") && { retryPolicy }),
    ...(!own.includes("auto_disable") && { autoDisable }),
  };
}

/** Tells attempts, ingest and browsers that these endpoints are not what they were. */
export function announceMoved(ctx: ServiceContext, actor: Actor, moved: readonly { id: string }[]): void {
  for (const { id } of moved) announceEndpoint(ctx, actor.environmentId, id);
}
