"use client";
// Owns what a person can do to a delivery: replay, retry now, cancel. Shows what fits its state; the server decides.

import { Ban, ChevronDown, RotateCcw, Zap } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useKey } from "@/components/list/use-key";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Tooltip } from "@/components/ui/tooltip";
import { errorText } from "@/lib/client/problem-error";
import { useCancelDelivery, useReplayDelivery, useRetryDeliveryNow } from "@/lib/client/queries/deliveries";
import { useViewer } from "@/lib/client/viewer-context";
import type { DeliveryDetailDto, ReplaySettings } from "@/lib/contracts/deliveries";
import { shortUrl } from "./format";

interface DeliveryActionsProps {
  delivery: DeliveryDetailDto;
  /** A replay was made: show it. */
  onReplayed: (id: string) => void;
}

/** Nothing for those who may only look. */
export function DeliveryActions(props: DeliveryActionsProps) {
  const { can } = useViewer();
  return can("deliveries:write") ? <Actions {...props} /> : null;
}

/** Why a replay cannot be made now, as a sentence; null when it can. */
function replayObstacle(delivery: DeliveryDetailDto): string | null {
  if (delivery.endpoint.deleted) return "The endpoint has been deleted.";
  if (!delivery.event.payload_available) return "Retention has cleared the payload.";
  if (delivery.in_flight) return "An attempt is under way.";
  if (delivery.replays.some((replay) => replay.state === "pending")) return "A replay is under way.";
  return null;
}

function Actions({ delivery, onReplayed }: DeliveryActionsProps) {
  const { place, environment } = useViewer();
  const [confirms, setConfirms] = useState<"replay" | "cancel" | null>(null);
  const [settings, setSettings] = useState<ReplaySettings>("original");
  const replay = useReplayDelivery(place);
  const retryNow = useRetryDeliveryNow(place);
  const cancel = useCancelDelivery(place);
  const isWaiting = delivery.state === "pending";
  const isOpen = isWaiting || delivery.state === "held";
  const obstacle = replayObstacle(delivery);

  async function runReplay(how: ReplaySettings) {
    const made = await replay.mutateAsync({ id: delivery.id, settings: how });
    toast("Replay started", {
      description: `${delivery.event_type} goes to ${shortUrl(delivery.endpoint_url)} again.`,
    });
    onReplayed(made.id);
  }
  // What succeeded or still waits would reach the receiver twice: that is worth a question.
  const asksFirst = delivery.state === "succeeded" || isWaiting;
  function pressReplay(how: ReplaySettings = "original") {
    if (obstacle !== null || replay.isPending) return;
    setSettings(how);
    if (asksFirst) setConfirms("replay");
    else runReplay(how).catch((error: unknown) => toast.error(errorText(error)));
  }
  function pressRetryNow() {
    retryNow.mutate(delivery.id, { onError: (error) => toast.error(errorText(error)) });
  }
  const primaryIsRetry = isWaiting && !delivery.in_flight;
  useKey(["r"], () => (primaryIsRetry ? pressRetryNow() : pressReplay()), confirms === null);

  return (
    <div className="flex flex-wrap items-center gap-2">
      {isWaiting && (
        <Tooltip content={delivery.in_flight ? "An attempt is under way." : null}>
          <Button
            size="sm"
            variant="primary"
            icon={<Zap />}
            loading={retryNow.isPending}
            aria-disabled={delivery.in_flight || undefined}
            onClick={pressRetryNow}
          >
            Retry now
          </Button>
        </Tooltip>
      )}
      {isOpen && (
        <Button size="sm" icon={<Ban />} onClick={() => setConfirms("cancel")}>
          Cancel
        </Button>
      )}
      {!isWaiting && (
        <Tooltip content={obstacle}>
          <Button
            size="sm"
            variant={delivery.state === "failed" ? "primary" : "secondary"}
            icon={<RotateCcw />}
            loading={replay.isPending}
            aria-disabled={obstacle !== null || undefined}
            onClick={() => pressReplay()}
          >
            Replay
          </Button>
        </Tooltip>
      )}
      {obstacle === null && <HowToReplay onPick={pressReplay} />}
      <ConfirmDialog
        open={confirms === "replay"}
        onOpenChange={(open) => setConfirms(open ? "replay" : null)}
        title="Replay a delivery that succeeded?"
        description={
          <>
            The receiver will see the same <code className="font-mono text-xs">webhook-id</code> again, with{" "}
            {settings === "original"
              ? "the same body"
              : "a body made by the endpoint's profile and mapping of now"}{" "}
            and a fresh signature. A receiver that keeps the ids it has seen answers and does nothing; one
            that does not will process it twice.
          </>
        }
        confirmLabel={environment.kind === "live" ? "Replay in live" : "Replay in sandbox"}
        onConfirm={() => runReplay(settings)}
      />
      <ConfirmDialog
        open={confirms === "cancel"}
        onOpenChange={(open) => setConfirms(open ? "cancel" : null)}
        title="Cancel this delivery?"
        description={
          delivery.in_flight
            ? "No further attempt is made. The attempt under way may still reach the receiver; its outcome is recorded, but the delivery stays cancelled."
            : "No further attempt is made. It can be replayed later while its payload is kept."
        }
        confirmLabel="Cancel delivery"
        cancelLabel="Keep it"
        destructive
        onConfirm={async () => {
          await cancel.mutateAsync(delivery.id);
        }}
      />
    </div>
  );
}

/** The two ways to make the body; the button beside it takes the first. */
function HowToReplay({ onPick }: { onPick: (settings: ReplaySettings) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton size="sm" variant="secondary" label="How to replay" tooltip={false}>
          <ChevronDown />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={() => onPick("original")}>
          Replay the same bytes as the first time
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onPick("current")}>
          Replay with the profile and mapping of now
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
