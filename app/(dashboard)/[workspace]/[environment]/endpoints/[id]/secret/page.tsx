// Owns the address of an endpoint's secret.
import { EndpointSecret } from "@/components/endpoints/page/endpoint-secret";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointSecretPage({ params }: Props) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <EndpointSecret id={id} />;
}
