// Owns the address of a profile's versions.
import { ProfileVersions } from "@/components/profiles/page/profile-versions";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; profile: string }>;
}

export default async function ProfileVersionsPage({ params }: Props) {
  const { workspace, environment, profile } = await params;
  await requireViewer(workspace, environment);
  return <ProfileVersions slug={profile} />;
}
