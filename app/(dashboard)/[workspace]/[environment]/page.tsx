// Overview: what to do first on a new environment, and whether it is delivering on one that runs.
import type { Metadata } from "next";
import { OverviewView } from "@/components/overview/overview-view";
import { requireViewer, viewerActor } from "@/lib/server/auth/session";
import { getRuntime } from "@/lib/server/runtime";
import { getOverview } from "@/lib/server/services/get-overview";

export const metadata: Metadata = { title: "Overview" };

type Props = { params: Promise<{ workspace: string; environment: string }> };

export default async function OverviewPage({ params }: Props) {
  const { workspace, environment } = await params;
  const viewer = await requireViewer(workspace, environment);
  const ctx = getRuntime();
  return (
    <OverviewView
      initial={await getOverview(ctx, viewerActor(viewer))}
      publicUrl={ctx.publicUrl}
      hasMailServer={ctx.mailer !== null}
    />
  );
}
