import type { Metadata } from "next";
import { AuditView } from "@/components/audit/audit-view";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Audit trail" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function AuditPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <AuditView />;
}
