"use client";
// Owns the verification code of one endpoint: that of the version it sends, for the kind of key that it has.

import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/list/load-failure";
import { Skeleton } from "@/components/ui/skeleton";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { VerificationCode } from "./verification-code";

interface EndpointVerificationCodeProps {
  endpoint: Pick<EndpointDto, "profile" | "secrets">;
}

export function EndpointVerificationCode({ endpoint }: EndpointVerificationCodeProps) {
  const { place } = useViewer();
  const { slug, name, version } = endpoint.profile;
  const [current] = endpoint.secrets;
  const key = current === undefined ? null : current.public_key === null ? "shared" : "pair";
  const code = useQuery(profileQueries.verificationCode(place, slug, version, key));
  if (code.data !== undefined) return <VerificationCode code={code.data} profileName={name} />;
  if (code.isError) {
    return (
      <LoadFailure
        title="The verification code could not be loaded"
        error={code.error}
        onRetry={() => void code.refetch()}
      />
    );
  }
  return <Skeleton className="h-96 w-full" />;
}
