// Owns the address of an endpoint's deliveries.
import { RecentDeliveries } from "@/components/endpoints/page/recent-deliveries";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointDeliveriesPage({ params }: Props) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <RecentDeliveries id={id} length="full" />;
}
