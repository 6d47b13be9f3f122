// Owns reading one profile and one version of it.
import type { ProfileDetailDto, ProfileVersionDetailDto } from "@/lib/contracts/profiles";
import type { Actor } from "@/lib/domain/access/permissions";
import type { ServiceContext } from "@/lib/server/context";
import { requirePermission } from "../require-permission";
import { readVersion, requireFoundProfile } from "./find-profile";
import { readFacts, toProfileDetail, toVersionDto } from "./profile-dto";

/** The profile with its newest definition, its versions and its examples. Throws `not_found`. */
export async function getProfile(ctx: ServiceContext, actor: Actor, ref: string): Promise<ProfileDetailDto> {
  requirePermission(actor, "profiles:read");
  const { prisma } = ctx.db;
  return toProfileDetail(prisma, actor, await requireFoundProfile(prisma, actor.workspaceId, ref));
}

/** One version with its definition. Throws `not_found`. */
export async function getProfileVersion(
  ctx: ServiceContext,
  actor: Actor,
  ref: string,
  number: number,
): Promise<ProfileVersionDetailDto> {
  requirePermission(actor, "profiles:read");
  const { prisma } = ctx.db;
  const profile = await requireFoundProfile(prisma, actor.workspaceId, ref);
  const { version, definition } = await readVersion(prisma, profile, number);
  const facts = await readFacts(prisma, actor, [version]);
  return { ...toVersionDto(profile, version, facts), definition };
}
