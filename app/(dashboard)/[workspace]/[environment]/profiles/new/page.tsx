// Owns the address under which a profile is made, from scratch or from another one (`?based_on=…&version=…`).
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NewProfile, type Origin } from "@/components/profiles/editor/new-profile";
import { listProfilesQuery, profileVersionParam } from "@/lib/contracts/profiles";
import { isAppError } from "@/lib/domain/errors";
import { DEFAULT_PROFILE } from "@/lib/domain/profile/built-in";
import { requireViewer, viewerActor } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getProfile, getProfileVersion } from "@/lib/server/services/profiles/get-profile";
import { listProfiles } from "@/lib/server/services/profiles/list-profiles";

export const metadata: Metadata = { title: "New profile" };

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
  searchParams: Promise<{ based_on?: string | string[]; version?: string | string[] }>;
}

const MAX_CHOICES = 250;

export default async function NewProfilePage({ params, searchParams }: Props) {
  const { workspace, environment } = await params;
  const actor = viewerActor(await requireViewer(workspace, environment));
  const ctx = getRuntime();
  const { based_on: ref, version } = await searchParams;
  const number = profileVersionParam.safeParse(version);

  async function readOrigin(slug: string): Promise<Origin> {
    try {
      const profile = await getProfile(ctx, actor, slug);
      const chosen = number.success ? number.data : profile.version;
      const { definition } = await getProfileVersion(ctx, actor, slug, chosen);
      return {
        slug: profile.slug,
        name: profile.name,
        version: chosen,
        definition,
        samples: profile.samples,
      };
    } catch (error) {
      if (isAppError(error) && error.code === "not_found") notFound();
      throw error;
    }
  }

  const origin = typeof ref === "string" ? await readOrigin(ref) : null;
  const [{ data: choices }, { samples }] = await Promise.all([
    listProfiles(ctx, actor, listProfilesQuery.parse({ limit: MAX_CHOICES })),
    getProfile(ctx, actor, DEFAULT_PROFILE.slug),
  ]);
  return (
    <NewProfile
      key={`${origin?.slug} ${origin?.version}`}
      origin={origin}
      samples={samples}
      choices={choices.map(({ slug, name, built_in }) => ({ slug, name, built_in }))}
    />
  );
}
