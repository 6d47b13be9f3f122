// Owns whether a callback takes events, in a word with its reason.

import { StatusPill } from "@/components/ui/status-pill";
import { CALLBACK_WORDS, endReason, statusOf } from "@/lib/client/subjects/callback-words";
import type { EndpointEndDto } from "@/lib/contracts/endpoints";

interface CallbackStatusPillProps {
  end: EndpointEndDto;
  variant?: "soft" | "plain";
}

export function CallbackStatusPill({ end, variant }: CallbackStatusPillProps) {
  const now = Date.now();
  const status = statusOf(end, now);
  return (
    <StatusPill
      tone={status === "active" ? "success" : "neutral"}
      reason={endReason(end, now) ?? undefined}
      variant={variant}
    >
      {CALLBACK_WORDS[status]}
    </StatusPill>
  );
}
