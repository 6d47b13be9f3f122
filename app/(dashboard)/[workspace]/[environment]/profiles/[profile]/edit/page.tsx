// Owns the address of a profile's editor.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditProfile } from "@/components/profiles/editor/edit-profile";
import { type ProfilePlace, readProfile } from "../../read-profile";

export const metadata: Metadata = { title: "Edit profile" };

export default async function EditProfilePage({ params }: { params: Promise<ProfilePlace> }) {
  const profile = await readProfile(await params);
  if (profile === null) notFound();
  // Another version is another start: an editor that is open keeps its own.
  return <EditProfile key={profile.version} profile={profile} />;
}
