// Owns the wizard's short address.
import { redirect } from "next/navigation";

interface Props {
  params: Promise<{ workspace: string; environment: string }>;
}

export default async function NewEndpointPage({ params }: Props) {
  const { workspace, environment } = await params;
  redirect(`/${encodeURIComponent(workspace)}/${encodeURIComponent(environment)}/endpoints/new/url`);
}
