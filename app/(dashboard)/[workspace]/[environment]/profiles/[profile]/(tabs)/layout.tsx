// Owns what the tabs of a profile's page share.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ProfileFrame } from "@/components/profiles/page/profile-frame";
import { getRuntime } from "@/lib/server/runtime";
import { type ProfilePlace, readProfile } from "../../read-profile";

export const metadata: Metadata = { title: "Profile" };

interface Props {
  children: ReactNode;
  params: Promise<ProfilePlace>;
}

export default async function ProfileLayout({ children, params }: Props) {
  const place = await params;
  const profile = await readProfile(place);
  return (
    <ProfileFrame slug={place.profile} initial={{ profile, readAtMs: getRuntime().now() }}>
      {children}
    </ProfileFrame>
  );
}
