"use client";
// Owns the endpoint's state in full: since when, why, what waits because of it, and the way out.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { stateReason } from "@/lib/client/endpoints/endpoint-words";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto, EndpointStatsDto } from "@/lib/contracts/endpoints";
import { type EndpointDecision, EndpointDialogs } from "../endpoint-dialogs";
import { EndpointStatePill } from "../endpoint-state-pill";

interface StateCardProps {
  endpoint: EndpointDto;
  stats: EndpointStatsDto | undefined;
}

export function StateCard({ endpoint, stats }: StateCardProps) {
  const { can } = useViewer();
  const [decision, setDecision] = useState<EndpointDecision | null>(null);
  const held = stats?.held ?? 0;
  const isActive = endpoint.state === "active";
  return (
    <Card>
      <CardHeader title="State" actions={<EndpointStatePill endpoint={endpoint} />} />
      <CardBody className="grid gap-3 text-sm">
        <p className="text-pretty text-muted">
          {stateReason(endpoint) ?? "Events that match are delivered as they come."} Since{" "}
          <Timestamp value={endpoint.state_changed_at} />.
        </p>
        {held > 0 && (
          <p className="text-ink">
            <span className="font-medium text-paused-ink">
              {countOf(held, "delivery is", "deliveries are")} held.
            </span>{" "}
            {isActive
              ? "They were kept when it was enabled."
              : "Enabling asks whether to release, keep or drop them."}
          </p>
        )}
        {can("endpoints:write") && (
          <div className="flex flex-wrap gap-2">
            {isActive ? (
              <>
                {held > 0 && (
                  <Button size="sm" variant="primary" onClick={() => setDecision("enable")}>
                    Decide about held deliveries
                  </Button>
                )}
                <Button size="sm" onClick={() => setDecision("pause")}>
                  Pause
                </Button>
                <Button size="sm" variant="destructive-ghost" onClick={() => setDecision("disable")}>
                  Disable
                </Button>
              </>
            ) : (
              <Button size="sm" variant="primary" onClick={() => setDecision("enable")}>
                Enable
              </Button>
            )}
          </div>
        )}
      </CardBody>
      <EndpointDialogs endpoint={endpoint} decision={decision} onClose={() => setDecision(null)} />
    </Card>
  );
}
