import type { Metadata } from "next";
import { EventsPanel } from "@/components/events/events-panel";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Events" };

type PageProps = { params: Promise<{ workspace: string; environment: string }> };

export default async function EventsPage({ params }: PageProps) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return (
    <div data-full-bleed>
      <EventsPanel />
    </div>
  );
}
