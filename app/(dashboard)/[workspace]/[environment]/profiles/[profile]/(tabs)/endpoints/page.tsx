// Owns the address of the endpoints that use a profile.
import { ProfileEndpoints } from "@/components/profiles/page/profile-endpoints";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; profile: string }>;
}

export default async function ProfileEndpointsPage({ params }: Props) {
  const { workspace, environment, profile } = await params;
  await requireViewer(workspace, environment);
  return <ProfileEndpoints slug={profile} />;
}
