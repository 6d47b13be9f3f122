// Owns the address of the list of endpoints.
import type { Metadata } from "next";
import { EndpointList } from "@/components/endpoints/list/endpoint-list";
import { requireViewer } from "@/lib/server/auth/session";

export const metadata: Metadata = { title: "Endpoints" };

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
}

export default async function EndpointsPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <EndpointList />;
}
