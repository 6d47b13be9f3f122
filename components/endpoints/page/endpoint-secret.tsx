"use client";
// Owns the secret tab: which secrets sign now, rotation, and how the receiver checks a signature.

import { RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import { EndpointVerificationCode } from "../secret/endpoint-verification-code";
import { RotateDialog } from "../secret/rotate-dialog";
import { SecretRow } from "../secret/secret-row";
import { useEndpoint } from "./use-endpoint";

export function EndpointSecret({ id }: { id: string }) {
  const { can, whyNot } = useViewer();
  const [isRotating, setRotating] = useState(false);
  const { data: endpoint } = useEndpoint(id);
  if (endpoint === undefined) return <Skeleton className="h-64 w-full" />;
  const { secrets } = endpoint;
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-8">
      <Card>
        <CardHeader
          title={
            secrets.length === 0
              ? "No secret"
              : secrets.length === 1
                ? "Signing secret"
                : `${secrets.length} secrets sign each request`
          }
          description={
            secrets.length === 0
              ? `The profile ${visibleText(endpoint.profile.name)} does not sign.`
              : "Kept encrypted and shown once. What is lost can only be replaced."
          }
          actions={
            secrets.length === 0 ? undefined : can("endpoints:write") ? (
              <Button icon={<RotateCw />} onClick={() => setRotating(true)}>
                Rotate
              </Button>
            ) : (
              <span className="text-subtle text-xs">{whyNot("endpoints:write")}</span>
            )
          }
        />
        {secrets.length > 0 && (
          <ul className="divide-y divide-line border-t">
            {secrets.map((secret, index) => (
              <SecretRow
                key={secret.id}
                endpointId={id}
                secret={secret}
                // Newest first: the one above is the one that replaced it.
                replacedAt={(secrets[index - 1] ?? secret).created_at}
              />
            ))}
          </ul>
        )}
      </Card>
      <EndpointVerificationCode endpoint={endpoint} />
      <RotateDialog endpoint={endpoint} open={isRotating} onOpenChange={setRotating} />
    </div>
  );
}
