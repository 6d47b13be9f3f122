// Owns the address of one event type, by its name or id.
import type { Metadata } from "next";
import { TypePage } from "@/components/event-types/type-page";
import { getRuntime } from "@/lib/server/runtime";
import { type EventTypePlace, readEventType } from "../read-event-type";

export const metadata: Metadata = { title: "Event type" };

export default async function EventTypePage({ params }: { params: Promise<EventTypePlace> }) {
  const place = await params;
  const type = await readEventType(place);
  return <TypePage name={place.name} initial={{ type, readAtMs: getRuntime().now() }} />;
}
