import type { Metadata } from "next";
import { ApiKeysView } from "@/components/api-keys/api-keys-view";
import { requireViewer } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";

export const metadata: Metadata = { title: "API keys" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function ApiKeysPage({ params }: Props) {
  const { workspace, environment } = await params;
  await requireViewer(workspace, environment);
  return <ApiKeysView publicUrl={getRuntime().publicUrl} />;
}
