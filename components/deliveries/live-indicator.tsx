"use client";
// Owns the word on the live connection, and the switch that lets a person stop the list.

import { Play, Snowflake } from "lucide-react";
import { Button } from "@/components/ui/button";
import { StateDot } from "@/components/ui/status-pill";
import type { Tone } from "@/components/ui/tone";
import { useLiveStatus } from "@/lib/client/live/use-live-changes";
import { useViewer } from "@/lib/client/viewer-context";

interface LiveIndicatorProps {
  isLive: boolean;
  onToggle: () => void;
}

export function LiveIndicator({ isLive, onToggle }: LiveIndicatorProps) {
  const { place } = useViewer();
  const status = useLiveStatus(place);
  const shown: { tone: Tone; word: string } = !isLive
    ? { tone: "neutral", word: "Frozen" }
    : status === "connected"
      ? { tone: "success", word: "Live" }
      : { tone: "warning", word: status === "connecting" ? "Connecting" : "Reconnecting" };
  return (
    <div className="flex items-center gap-2">
      <span role="status" className="inline-flex items-center gap-1.5 text-muted text-xs">
        <StateDot tone={shown.tone} live={isLive && status !== "connected"} />
        {shown.word}
      </span>
      {/* Not "Pause": that is what one does to an endpoint, on the same page. */}
      <Button size="sm" variant="ghost" icon={isLive ? <Snowflake /> : <Play />} onClick={onToggle}>
        {isLive ? "Freeze list" : "Go live"}
      </Button>
    </div>
  );
}
