import type { Metadata } from "next";
import { AlertList } from "@/components/alerts/alert-list";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Alerts" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function AlertsPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <AlertList />;
}
