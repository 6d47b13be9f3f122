import type { Metadata } from "next";
import { InboxView } from "@/components/inbox/inbox-view";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Inbox" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function InboxPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <InboxView />;
}
