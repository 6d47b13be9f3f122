"use client";
// Owns the decision about held deliveries when an endpoint is enabled: it is made here, in words, never by default in silence.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { countOf } from "@/lib/client/count-of";
import { useEnableEndpoint } from "@/lib/client/queries/endpoint-mutations";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import type { EnabledEndpointDto, EnableEndpointInput, EndpointDto } from "@/lib/contracts/endpoints";

type Held = EnableEndpointInput["held"];

interface EnableDialogProps {
  endpoint: EndpointDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const DECIDE: Record<Held, string> = {
  release: "Release held deliveries",
  replay: "Replay held deliveries",
  drop: "Drop held deliveries",
  keep: "Keep them held",
};

function doneText({ action, count }: EnabledEndpointDto["held_deliveries"]): string {
  if (count === 0) return "New events are delivered from now on.";
  if (action === "release") return `${countOf(count, "held delivery", "held deliveries")} released.`;
  if (action === "replay") return `${countOf(count, "held delivery", "held deliveries")} replayed.`;
  if (action === "drop") return `${countOf(count, "held delivery", "held deliveries")} dropped.`;
  return `${countOf(count, "delivery stays", "deliveries stay")} held.`;
}

export function EnableDialog({ endpoint, open, onOpenChange }: EnableDialogProps) {
  const { place } = useViewer();
  const enable = useEnableEndpoint(place);
  const [held, setHeld] = useState<Held>("release");
  // The number decides what this dialog asks, so it is read now and not taken from a list that may be old.
  const stats = useQuery({ ...endpointQueries.stats(place, endpoint.id), enabled: open, staleTime: 0 });
  // Undefined until this opening has an answer of its own; null when there will be none.
  const count = stats.isError ? null : stats.isFetchedAfterMount ? stats.data?.held : undefined;
  const isActive = endpoint.state === "active";

  async function confirm() {
    // Pressed before the number was there: only "none" decides itself.
    if (count === undefined && (await stats.refetch()).data?.held !== 0) {
      throw new Error("Deliveries are held. Choose what happens to them.");
    }
    const answer = await enable.mutateAsync({
      id: endpoint.id,
      input: { held: count === 0 ? "release" : held },
    });
    toast.success(isActive ? "Held deliveries decided" : "Endpoint enabled", {
      description: doneText(answer.held_deliveries),
    });
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={isActive ? "What happens to the held deliveries?" : "Enable this endpoint?"}
      description={
        <>
          New events go to <code className="font-mono text-xs wrap-anywhere">{endpoint.url}</code>{" "}
          {isActive ? "already" : "from now on"}.
        </>
      }
      confirmLabel={isActive ? DECIDE[held] : "Enable endpoint"}
      destructive={held === "drop" && count !== 0}
      onConfirm={confirm}
    >
      {count === undefined ? (
        <Skeleton className="h-40 w-full" />
      ) : count === 0 ? null : (
        <div className="grid gap-2">
          <p className="font-medium text-ink text-sm">
            {count === null
              ? "What happens to deliveries that were held while it was off?"
              : `${countOf(count, "delivery was", "deliveries were")} held while it was off`}
          </p>
          <RadioGroup
            aria-label="Held deliveries"
            value={held}
            onValueChange={(value) => setHeld(value as Held)}
            className="grid gap-2"
          >
            <RadioCard
              value="release"
              label="Release"
              description={`Send ${count === 1 ? "it" : `all${count === null ? "" : ` ${count}`}`} now as made, oldest first, at most ${endpoint.max_concurrency} at a time; retries go on where they were.`}
            />
            <RadioCard
              value="replay"
              label="Replay"
              description="Make each anew: with its whole retry schedule, and the profile and field mapping that the endpoint has now."
            />
            <RadioCard
              value="keep"
              label="Keep held"
              description="Only new events are delivered. Decide later on the endpoint's page."
            />
            <RadioCard
              value="drop"
              label="Drop"
              description="Cancel them for good. Their events stay in the log and can be replayed one by one."
            />
          </RadioGroup>
        </div>
      )}
    </ConfirmDialog>
  );
}
