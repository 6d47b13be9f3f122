import type { Metadata } from "next";
import { EventPage } from "@/components/events/event-page";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Event" };

type PageProps = { params: Promise<{ workspace: string; environment: string; id: string }> };

export default async function OneEventPage({ params }: PageProps) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <EventPage id={id} />;
}
