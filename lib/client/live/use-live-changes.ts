"use client";
// Owns listening to the live stream from components.
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import type { StreamMessage } from "@/lib/contracts/deliveries";
import { dashboardUrl, type Place } from "../api";
import { changeSource, type LiveStatus } from "./change-source";

/**
 * Calls `onChange` for every change of the environment while mounted and `enabled`. After a gap in the connection it is
 * told of "many" deliveries (no ids) and of endpoints, so read again what is shown.
 */
export function useLiveChanges(
  place: Place,
  onChange: (message: StreamMessage) => void,
  { enabled = true }: { enabled?: boolean } = {},
): void {
  const listener = useEffectEvent(onChange);
  const url = dashboardUrl(place, "/stream");
  useEffect(() => {
    if (!enabled) return;
    return changeSource(url).subscribe((message) => listener(message));
  }, [url, enabled]);
}

/** How the shared connection is doing. */
export function useLiveStatus(place: Place): LiveStatus {
  const source = changeSource(dashboardUrl(place, "/stream"));
  return useSyncExternalStore(source.subscribeStatus, source.status, () => "connecting");
}
