// Owns how an endpoint's state looks, with the reason one hover or focus away.

import { CallbackStatusPill } from "@/components/subjects/callback-status-pill";
import { StatusPill } from "@/components/ui/status-pill";
import { STATE_TONES, STATE_WORDS, stateReason } from "@/lib/client/endpoints/endpoint-words";
import { statusOf } from "@/lib/client/subjects/callback-words";
import type { EndpointDto } from "@/lib/contracts/endpoints";

interface EndpointStatePillProps {
  endpoint: Pick<EndpointDto, "state" | "state_reason"> & Partial<Pick<EndpointDto, "callback">>;
  variant?: "soft" | "plain";
}

export function EndpointStatePill({ endpoint, variant }: EndpointStatePillProps) {
  // A callback that has ended takes nothing, whatever its endpoint's state.
  if (endpoint.callback && statusOf(endpoint.callback, Date.now()) !== "active") {
    return <CallbackStatusPill end={endpoint.callback} variant={variant} />;
  }
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
