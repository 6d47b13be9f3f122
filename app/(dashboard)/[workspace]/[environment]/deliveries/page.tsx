import type { Metadata } from "next";
import { DeliveriesPanel } from "@/components/deliveries/deliveries-panel";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Deliveries" };

type PageProps = { params: Promise<{ workspace: string; environment: string }> };

export default async function DeliveriesPage({ params }: PageProps) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return (
    <div data-full-bleed>
      <DeliveriesPanel />
    </div>
  );
}
