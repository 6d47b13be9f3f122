// Owns how an endpoint's state looks, with the reason one hover or focus away.

import { StatusPill } from "@/components/ui/status-pill";
import { STATE_TONES, STATE_WORDS, stateReason } from "@/lib/client/endpoints/endpoint-words";
import type { EndpointDto } from "@/lib/contracts/endpoints";

interface EndpointStatePillProps {
  endpoint: Pick<EndpointDto, "state" | "state_reason">;
  variant?: "soft" | "plain";
}

export function EndpointStatePill({ endpoint, variant }: EndpointStatePillProps) {
  return (
    <StatusPill
      tone={STATE_TONES[endpoint.state]}
      reason={stateReason(endpoint) ?? undefined}
      variant={variant}
    >
      {endpoint.state === "disabled" && endpoint.state_reason === "receiver_gone"
        ? "Disabled · 410 Gone"
        : endpoint.state === "disabled" && endpoint.state_reason === "failing"
          ? "Disabled · failing"
          : STATE_WORDS[endpoint.state]}
    </StatusPill>
  );
}
