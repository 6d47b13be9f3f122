// The page on health and alerts: readable without signing in.
import type { Metadata } from "next";
import { ALERT_CHAPTERS, AlertGuide } from "@/components/docs/alert-guide";
import { DocsFrame } from "@/components/docs/docs-frame";

export const metadata: Metadata = { title: "Health and alerts" };
// The shell around it depends on the request.
export const dynamic = "force-dynamic";

export default function AlertsGuidePage() {
  return (
    <DocsFrame groups={[{ title: "Health and alerts", items: ALERT_CHAPTERS }]}>
      <h1 className="font-semibold text-2xl text-ink tracking-tight">Health and alerts</h1>
      <AlertGuide />
    </DocsFrame>
  );
}
