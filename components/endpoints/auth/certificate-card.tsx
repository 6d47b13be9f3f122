"use client";
// Owns what the settings show of an endpoint's client certificate: whose it is and when it ends.

import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Timestamp } from "@/components/ui/timestamp";
import { useRemoveClientCertificate } from "@/lib/client/queries/endpoint-auth";
import { useViewer } from "@/lib/client/viewer-context";
import type { ClientCertificateDto } from "@/lib/contracts/endpoint-auth";
import { CertificateForm } from "./certificate-form";
import { expiryOf } from "./expiry";

interface CertificateCardProps {
  endpointId: string;
  certificate: ClientCertificateDto | null;
}

function Facts({ certificate }: { certificate: ClientCertificateDto }) {
  const expiry = expiryOf(certificate.expires_at, Date.now());
  return (
    <KeyValueList
      items={[
        { key: "Subject", value: certificate.subject },
        { key: "Issuer", value: certificate.issuer },
        {
          key: "Valid until",
          value: (
            <span className="inline-flex flex-wrap items-center gap-2">
              <Timestamp value={certificate.expires_at} mode="utc" />
              {expiry !== null && <Badge tone={expiry.tone}>{expiry.text}</Badge>}
            </span>
          ),
        },
        { key: "SHA-256", value: certificate.fingerprint, mono: true },
        { key: "Set", value: <Timestamp value={certificate.updated_at} /> },
      ]}
    />
  );
}

export function CertificateCard({ endpointId, certificate }: CertificateCardProps) {
  const { place } = useViewer();
  const remove = useRemoveClientCertificate(place, endpointId);
  const [isEditing, setEditing] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Client certificate"
        description="For receivers that ask for mutual TLS. Connections that show it serve this endpoint only."
        actions={
          !isEditing && (
            <>
              {certificate !== null && (
                <ConfirmDialog
                  title="Remove the client certificate?"
                  description="Connections show none from the next attempt on: a receiver that asks for one refuses them. Certificate and key are deleted and cannot be brought back."
                  confirmLabel="Remove certificate"
                  destructive
                  onConfirm={async () => {
                    await remove.mutateAsync(undefined);
                    toast.success("Client certificate removed");
                  }}
                  trigger={<Button variant="destructive-ghost">Remove</Button>}
                />
              )}
              <Button onClick={() => setEditing(true)}>{certificate === null ? "Set up" : "Replace"}</Button>
            </>
          )
        }
      />
      <CardBody>
        {isEditing ? (
          <CertificateForm endpointId={endpointId} onDone={() => setEditing(false)} />
        ) : certificate === null ? (
          <p className="text-muted text-sm">None.</p>
        ) : (
          <Facts certificate={certificate} />
        )}
      </CardBody>
    </Card>
  );
}
