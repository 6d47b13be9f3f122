"use client";
// Owns the way to an endpoint's end.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { type EndpointDecision, EndpointDialogs } from "../endpoint-dialogs";

export function DangerZone({ endpoint }: { endpoint: EndpointDto }) {
  const { href } = useViewer();
  const [decision, setDecision] = useState<EndpointDecision | null>(null);
  return (
    <Card>
      <CardHeader title="Stop or delete" />
      <CardBody className="grid gap-3">
        {endpoint.state !== "disabled" && (
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <p className="min-w-0 flex-1 basis-72 text-muted text-sm">
              Disable: nothing is sent, deliveries are held until somebody enables it.
            </p>
            <Button
              variant="destructive-ghost"
              className="max-sm:-ml-3"
              onClick={() => setDecision("disable")}
            >
              Disable endpoint
            </Button>
          </div>
        )}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p className="min-w-0 flex-1 basis-72 text-muted text-sm">
            Delete: waiting and held deliveries are cancelled, the secrets are removed. The log stays.
          </p>
          <Button variant="destructive-ghost" className="max-sm:-ml-3" onClick={() => setDecision("delete")}>
            Delete endpoint
          </Button>
        </div>
      </CardBody>
      <EndpointDialogs
        endpoint={endpoint}
        decision={decision}
        onClose={() => setDecision(null)}
        afterDelete={href("/endpoints")}
      />
    </Card>
  );
}
