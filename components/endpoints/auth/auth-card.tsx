"use client";
// Owns what the settings show of an endpoint's authentication: the kind and a hint, replacing and removing it.

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Timestamp } from "@/components/ui/timestamp";
import { useRemoveAuth } from "@/lib/client/queries/endpoint-auth";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointAuthDto } from "@/lib/contracts/endpoint-auth";
import { AuthForm } from "./auth-form";
import { AUTH_WORDS } from "./auth-words";

interface AuthCardProps {
  endpointId: string;
  auth: EndpointAuthDto | null;
}

export function AuthCard({ endpointId, auth }: AuthCardProps) {
  const { place } = useViewer();
  const remove = useRemoveAuth(place, endpointId);
  const [isEditing, setEditing] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Authentication"
        description="For receivers that want more than the signature: a header, or an access token."
        actions={
          !isEditing && (
            <>
              {auth !== null && (
                <ConfirmDialog
                  title="Remove the authentication?"
                  description="Requests carry their signature alone from the next attempt on. What was stored is deleted and cannot be brought back."
                  confirmLabel="Remove authentication"
                  destructive
                  onConfirm={async () => {
                    await remove.mutateAsync(undefined);
                    toast.success("Authentication removed");
                  }}
                  trigger={<Button variant="destructive-ghost">Remove</Button>}
                />
              )}
              <Button onClick={() => setEditing(true)}>{auth === null ? "Set up" : "Replace"}</Button>
            </>
          )
        }
      />
      <CardBody>
        {isEditing ? (
          <AuthForm endpointId={endpointId} current={auth?.kind ?? null} onDone={() => setEditing(false)} />
        ) : auth === null ? (
          <p className="text-muted text-sm">None: requests are known by their signature.</p>
        ) : (
          <KeyValueList
            items={[
              { key: "Kind", value: AUTH_WORDS[auth.kind].label },
              { key: "Credential", value: auth.hint, mono: true },
              { key: "Set", value: <Timestamp value={auth.updated_at} /> },
            ]}
          />
        )}
      </CardBody>
    </Card>
  );
}
