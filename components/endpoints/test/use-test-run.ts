"use client";
// Owns one test from the press to the final answer: send, then watch the delivery until nothing more will happen.

import { useQuery } from "@tanstack/react-query";
import { deliveryQueries } from "@/lib/client/queries/deliveries";
import { useSendTest } from "@/lib/client/queries/endpoint-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import type { DeliveryDetailDto } from "@/lib/contracts/deliveries";
import type { SendTestInput } from "@/lib/contracts/endpoints";
import { isFinalState } from "@/lib/domain/delivery/states";

/** A test is one attempt, so a second later it is usually over; the live stream is not worth waiting for here. */
const WATCH_MS = 500;

export type TestRun = {
  /** Sends a test, also a further one. */
  start: (endpointId: string, input?: SendTestInput) => void;
  phase: "idle" | "sending" | "waiting" | "done" | "failed_to_send";
  delivery: DeliveryDetailDto | undefined;
  error: Error | null;
};

function isOver(delivery: DeliveryDetailDto | undefined): boolean {
  return delivery !== undefined && (isFinalState(delivery.state) || delivery.state === "held");
}

export function useTestRun(): TestRun {
  const { place } = useViewer();
  const send = useSendTest(place);
  const id = send.data?.delivery_id ?? "";
  const watch = useQuery({
    ...deliveryQueries.detail(place, id),
    enabled: id !== "",
    staleTime: 0,
    refetchInterval: (query) => (isOver(query.state.data) ? false : WATCH_MS),
  });
  const delivery = id === "" ? undefined : watch.data;
  const phase = send.isPending
    ? "sending"
    : send.isError
      ? "failed_to_send"
      : id === ""
        ? "idle"
        : isOver(delivery)
          ? "done"
          : "waiting";
  return {
    start: (endpointId, input = {}) => send.mutate({ id: endpointId, input }),
    phase,
    delivery,
    error: send.error ?? watch.error,
  };
}
