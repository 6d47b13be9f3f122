// Owns the address of changing an event type.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TypeEditor } from "@/components/event-types/type-editor";
import { type EventTypePlace, readEventType } from "../../read-event-type";

export const metadata: Metadata = { title: "Edit event type" };

export default async function EditEventTypePage({ params }: { params: Promise<EventTypePlace> }) {
  const type = await readEventType(await params);
  if (type === null) notFound();
  return <TypeEditor saved={type} />;
}
