// Owns the address of an endpoint's activity.
import { EndpointActivity } from "@/components/endpoints/page/endpoint-activity";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointActivityPage({ params }: Props) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <EndpointActivity id={id} />;
}
