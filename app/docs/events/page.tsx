// The page on event types, subjects, callbacks and fetching: readable without signing in.
import type { Metadata } from "next";
import { DocsFrame } from "@/components/docs/docs-frame";
import { EVENT_CHAPTERS, EventGuide } from "@/components/docs/event-guide";
import { getRuntime } from "@/lib/server/runtime";

export const metadata: Metadata = { title: "Event types and subjects" };
export const dynamic = "force-dynamic";

export default function EventsGuidePage() {
  const { publicUrl } = getRuntime();
  return (
    <DocsFrame groups={[{ title: "Events", items: EVENT_CHAPTERS }]}>
      <h1 className="font-semibold text-2xl text-ink tracking-tight">Event types and subjects</h1>
      <EventGuide publicUrl={publicUrl} />
    </DocsFrame>
  );
}
