// Owns the address of the first tab of a profile.
import { ProfileOverview } from "@/components/profiles/page/profile-overview";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; profile: string }>;
}

export default async function ProfileOverviewPage({ params }: Props) {
  const { workspace, environment, profile } = await params;
  await requireViewer(workspace, environment);
  return <ProfileOverview slug={profile} />;
}
