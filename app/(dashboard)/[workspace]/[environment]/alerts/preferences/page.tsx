import type { Metadata } from "next";
import { PreferencesView } from "@/components/alerts/preferences-view";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "My e-mails" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function PreferencesPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <PreferencesView />;
}
