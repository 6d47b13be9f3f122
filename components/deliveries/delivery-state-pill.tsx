// Owns how a delivery's state looks everywhere: tone, word, and the reason as a sentence.

import { StatusPill } from "@/components/ui/status-pill";
import type { Tone } from "@/components/ui/tone";
import { explainState } from "@/lib/domain/delivery/state-reasons";
import type { DeliveryState } from "@/lib/domain/delivery/states";

export const STATE_TONES: Record<DeliveryState, Tone> = {
  pending: "progress",
  succeeded: "success",
  failed: "danger",
  held: "paused",
  cancelled: "neutral",
};

export const STATE_LABELS: Record<DeliveryState, string> = {
  pending: "Pending",
  succeeded: "Succeeded",
  failed: "Failed",
  held: "Held",
  cancelled: "Cancelled",
};

interface DeliveryStatePillProps {
  state: DeliveryState;
  reason?: string | null;
  /** An attempt is under way. */
  inFlight?: boolean;
  /** For table rows: no ground, and the reason stays in the detail. */
  plain?: boolean;
}

export function DeliveryStatePill({ state, reason = null, inFlight = false, plain }: DeliveryStatePillProps) {
  return (
    <StatusPill
      tone={STATE_TONES[state]}
      live={inFlight}
      variant={plain ? "plain" : "soft"}
      reason={plain ? undefined : explainState(state, reason)}
    >
      {inFlight ? "Attempting" : STATE_LABELS[state]}
    </StatusPill>
  );
}
