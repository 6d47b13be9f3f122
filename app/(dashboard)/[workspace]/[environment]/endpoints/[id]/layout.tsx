// Owns what the tabs of an endpoint's page share. The endpoint is read here, so that its head is there from the start.
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { EndpointFrame } from "@/components/endpoints/page/endpoint-frame";
import { isAppError } from "@/lib/domain/errors";
import { requireViewer, viewerActor } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getEndpoint } from "@/lib/server/services/get-endpoint";

export const metadata: Metadata = { title: "Endpoint" };

interface Props {
  children: ReactNode;
  params: Promise<{ workspace: string; environment: string; id: string }>;
}

export default async function EndpointLayout({ children, params }: Props) {
  const { workspace, environment, id } = await params;
  const viewer = await requireViewer(workspace, environment);
  const ctx = getRuntime();
  const endpoint = await getEndpoint(ctx, viewerActor(viewer), id).catch((error: unknown) => {
    if (isAppError(error) && error.code === "not_found") return null;
    throw error;
  });
  return (
    <EndpointFrame id={id} initial={{ endpoint, readAtMs: ctx.now() }}>
      {children}
    </EndpointFrame>
  );
}
