// Owns how alerts and messages look in words and tones.

import type { Tone } from "@/components/ui/tone";
import type { AlertDto, ChannelResultDto, MailState } from "@/lib/contracts/alerts";
import type { ChannelVia, Severity } from "@/lib/domain/alerts/kinds";

export const SEVERITY: Record<Severity, { tone: Tone; label: string }> = {
  critical: { tone: "danger", label: "Critical" },
  warning: { tone: "warning", label: "Warning" },
  info: { tone: "progress", label: "Information" },
};

export const VIA_LABELS: Record<ChannelVia, string> = { email: "E-mail", slack: "Slack", webhook: "Webhook" };

export const MESSAGE_STATE: Record<MailState, { tone: Tone; label: string }> = {
  sent: { tone: "success", label: "Sent" },
  ready: { tone: "progress", label: "Being sent" },
  kept: { tone: "paused", label: "Kept" },
  failed: { tone: "danger", label: "Failed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

/** "2 sent, 1 failed", or that nobody is told, or that this is still to be decided. */
export function toldWords({ told, is_decided }: Pick<AlertDto, "told" | "is_decided">): string {
  if (!is_decided) return "In a minute";
  const { sent, kept, waiting, failed } = told;
  const parts = [
    [sent, "sent"],
    [kept, "kept"],
    [waiting, "waiting"],
    [failed, "failed"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return words.length === 0 ? "Nobody" : words.join(", ");
}

/** A retried message reads differently from one that has never been tried. */
export function resultWords(result: ChannelResultDto): { tone: Tone; label: string } {
  if (result.state === "ready" && result.error !== null)
    return { tone: "warning", label: "Will be tried again" };
  return MESSAGE_STATE[result.state];
}
