"use client";
// Owns one real test of a profile, from the press to the answer: of the Inbox at once, of an endpoint by its delivery.

import { useQuery } from "@tanstack/react-query";
import { deliveryQueries } from "@/lib/client/queries/deliveries";
import { useTestProfile } from "@/lib/client/queries/profile-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import type { DeliveryDetailDto } from "@/lib/contracts/deliveries";
import type { ProfileTestDto, TestProfileInput } from "@/lib/contracts/profiles";
import { isFinalState } from "@/lib/domain/delivery/states";

const WATCH_MS = 500;

export type ProfileTest = {
  start: (input: TestProfileInput) => void;
  isRunning: boolean;
  answered: Extract<ProfileTestDto, { outcome: "answered" }> | null;
  delivery: DeliveryDetailDto | null;
  error: Error | null;
};

const isOver = (delivery: DeliveryDetailDto | undefined) =>
  delivery !== undefined && (isFinalState(delivery.state) || delivery.state === "held");

export function useProfileTest(): ProfileTest {
  const { place } = useViewer();
  const test = useTestProfile(place);
  const id = test.data?.outcome === "delivery" ? test.data.delivery_id : "";
  const watch = useQuery({
    ...deliveryQueries.detail(place, id),
    enabled: id !== "",
    staleTime: 0,
    refetchInterval: (query) => (isOver(query.state.data) ? false : WATCH_MS),
  });
  const delivery = id === "" ? undefined : watch.data;
  return {
    start: (input) => test.mutate(input),
    isRunning: test.isPending || (id !== "" && !isOver(delivery) && !watch.isError),
    answered: test.data?.outcome === "answered" ? test.data : null,
    delivery: delivery !== undefined && isOver(delivery) ? delivery : null,
    error: test.error ?? watch.error,
  };
}
