// Owns the address of an endpoint's settings.
import { EndpointSettings } from "@/components/endpoints/page/endpoint-settings";
import { requireViewer } from "@/lib/server/auth/session";

interface Props {
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointSettingsPage({ params }: Props) {
  const { workspace, environment, id } = await params;
  await requireViewer(workspace, environment);
  return <EndpointSettings id={id} />;
}
