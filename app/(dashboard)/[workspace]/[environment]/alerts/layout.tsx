import type { ReactNode } from "react";
import { AlertsFrame } from "@/components/alerts/alerts-frame";
import { requireViewer } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";

type Props = { children: ReactNode; params: Promise<{ workspace: string; environment: string }> };

export default async function AlertsLayout({ children, params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <AlertsFrame hasMailServer={getRuntime().mailer !== null}>{children}</AlertsFrame>;
}
