import type { Metadata } from "next";
import { ChannelsView } from "@/components/alerts/channels-view";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Alert channels" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function ChannelsPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <ChannelsView />;
}
