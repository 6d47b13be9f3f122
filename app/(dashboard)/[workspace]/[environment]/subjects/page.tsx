// Owns the address of subjects: all callbacks, or one subject with its callback and events.
import type { Metadata } from "next";
import { SubjectsPage } from "@/components/subjects/subjects-page";
import { requireViewer } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";

export const metadata: Metadata = { title: "Subjects" };

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
}

export default async function Subjects({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <SubjectsPage publicUrl={getRuntime().publicUrl} />;
}
