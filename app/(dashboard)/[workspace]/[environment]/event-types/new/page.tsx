// Owns the address of describing an event type; another page may suggest its name.
import type { Metadata } from "next";
import { TypeEditor } from "@/components/event-types/type-editor";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "New event type" };

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
  searchParams: Promise<{ name?: string | string[] }>;
}

export default async function NewEventTypePage({ params, searchParams }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  const { name } = await searchParams;
  return <TypeEditor saved={null} name={typeof name === "string" ? name.slice(0, 256) : ""} />;
}
