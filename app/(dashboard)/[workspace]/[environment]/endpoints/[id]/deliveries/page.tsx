// Owns the address of an endpoint's deliveries.
import { DeliveriesPanel } from "@/components/deliveries/deliveries-panel";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointDeliveriesPage({ params }: Props) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return (
    <DeliveriesPanel
      endpointId={id}
      className="flex-1 overflow-hidden rounded-lg border max-sm:-mx-4 max-sm:-mb-4 max-sm:rounded-none max-sm:border-x-0 max-sm:border-b-0 max-sm:data-shows-delivery:-mt-4"
    />
  );
}
