// Owns the list of profiles: the built-in ones first, then the workspace's own by name.
import type { Page } from "@/lib/contracts/common";
import type { ListProfilesQuery, ProfileDto } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { countUse } from "@/lib/server/repositories/profile-rows";
import { requirePermission } from "../require-permission";
import { listBuiltIns, listOwn } from "./find-profile";
import { toProfileDto } from "./profile-dto";

/** One page. There are few: all are read, and the cursor is the slug of the last one shown. */
export async function listProfiles(
  ctx: ServiceContext,
  actor: Actor,
  { show, limit, cursor }: ListProfilesQuery,
): Promise<Page<ProfileDto>> {
  requirePermission(actor, "profiles:read");
  const { prisma } = ctx.db;
  const { workspaceId, environmentId } = actor;
  const all = [
    ...(show === "all" || show === "built_in" ? await listBuiltIns(prisma) : []),
    ...(show === "built_in" ? [] : await listOwn(prisma, workspaceId, show === "archived")),
  ];
  const start = cursor === undefined ? 0 : all.findIndex(({ slug }) => slug === cursor) + 1;
  if (cursor !== undefined && start === 0) {
    const message = "is not the cursor of this list; begin again without one";
    throw new AppError("invalid_request", message, { errors: [{ path: "cursor", message }] });
  }
  const uses = await countUse(prisma, workspaceId, environmentId);
  const page = all.slice(start, start + limit);
  return {
    data: page.map((profile) => toProfileDto(profile, uses)),
    next_cursor: start + limit < all.length ? (page.at(-1)?.slug ?? null) : null,
  };
}
