// Owns the address of the packs of event types.
import type { Metadata } from "next";
import { PackList } from "@/components/event-types/packs/pack-list";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Packs of event types" };

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
}

export default async function PacksPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <PackList />;
}
