// Owns the address of the catalogue of event types.
import type { Metadata } from "next";
import { EventTypeList } from "@/components/event-types/event-type-list";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Event types" };

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
}

export default async function EventTypesPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <EventTypeList />;
}
