// Owns the address of the list of profiles.
import type { Metadata } from "next";
import { ProfileList } from "@/components/profiles/list/profile-list";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Profiles" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function ProfilesPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <ProfileList />;
}
