"use client";
// Owns the part of the settings about how receivers know who is calling; saved by itself, apart from the form above it.

import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/list/load-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { endpointAuthQueries } from "@/lib/client/queries/endpoint-auth";
import { useViewer } from "@/lib/client/viewer-context";
import { AuthCard } from "./auth-card";
import { CertificateCard } from "./certificate-card";

export function AuthSettings({ endpointId }: { endpointId: string }) {
  const { place } = useViewer();
  const { data, error, isError, refetch } = useQuery(endpointAuthQueries.detail(place, endpointId));
  if (data !== undefined) {
    return (
      <>
        <AuthCard endpointId={endpointId} auth={data.auth} />
        <CertificateCard endpointId={endpointId} certificate={data.client_certificate} />
      </>
    );
  }
  if (!isError) return <Skeleton className="h-40 w-full" />;
  return (
    <Card>
      <LoadFailure
        title="The authentication could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      >
        Deliveries go on with it.
      </LoadFailure>
    </Card>
  );
}
