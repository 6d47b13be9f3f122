import type { Metadata } from "next";
import { InboxView } from "@/components/inbox/inbox-view";
import { requireViewer, viewerActor } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";

export const metadata: Metadata = { title: "Inbox" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function InboxPage({ params }: Props) {
  const { workspace, environment } = await params;
  const viewer = await requireViewer(workspace, environment);
  return <InboxView initial={await getInbox(getRuntime(), viewerActor(viewer))} />;
}
