// Owns the address of an endpoint's overview.
import { EndpointOverview } from "@/components/endpoints/page/endpoint-overview";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointOverviewPage({ params }: Props) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <EndpointOverview id={id} />;
}
