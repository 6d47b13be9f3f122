import type { Metadata } from "next";
import { MailView } from "@/components/alerts/mail-view";
import { requireViewer } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";

export const metadata: Metadata = { title: "Mail" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function MailPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <MailView hasMailServer={getRuntime().mailer !== null} />;
}
