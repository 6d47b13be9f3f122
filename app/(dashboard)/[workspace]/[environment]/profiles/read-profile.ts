// Owns reading a profile for its pages, so that they are there from the start.
import type { ProfileDetailDto } from "@/lib/contracts/profiles";
import { isAppError } from "@/lib/domain/errors";
import { requireViewer, viewerActor } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getProfile } from "@/lib/server/services/profiles/get-profile";

export type ProfilePlace = { workspace: string; environment: string; profile: string };

/** The profile that the address names; null when there is none. */
export async function readProfile({
  workspace,
  environment,
  profile,
}: ProfilePlace): Promise<ProfileDetailDto | null> {
  const viewer = await requireViewer(workspace, environment);
  try {
    return await getProfile(getRuntime(), viewerActor(viewer), profile);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  }
}
