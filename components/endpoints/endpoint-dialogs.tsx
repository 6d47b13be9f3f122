"use client";
// Owns the decisions that stop or end an endpoint, with their consequences in words. Shared by list and page.

import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import {
  useDeleteEndpoint,
  useDisableEndpoint,
  usePauseEndpoint,
} from "@/lib/client/queries/endpoint-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { EnableDialog } from "./enable-dialog";

export type EndpointDecision = "pause" | "disable" | "enable" | "delete";

interface EndpointDialogsProps {
  endpoint: EndpointDto;
  /** Which dialog is open; null for none. */
  decision: EndpointDecision | null;
  onClose: () => void;
  /** Where to go once the endpoint is deleted; stays where it is when left out. */
  afterDelete?: string;
}

function Address({ url }: { url: string }) {
  return <code className="font-mono text-xs wrap-anywhere">{url}</code>;
}

export function EndpointDialogs({ endpoint, decision, onClose, afterDelete }: EndpointDialogsProps) {
  const { place } = useViewer();
  const router = useRouter();
  const pause = usePauseEndpoint(place);
  const disable = useDisableEndpoint(place);
  const remove = useDeleteEndpoint(place);
  const common = (mine: EndpointDecision) => ({
    open: decision === mine,
    onOpenChange: (open: boolean) => {
      if (!open) onClose();
    },
  });
  return (
    <>
      <ConfirmDialog
        {...common("pause")}
        title="Pause this endpoint?"
        description={
          <>
            <Address url={endpoint.url} /> gets nothing until somebody enables it. New deliveries and those
            that wait for a retry are held, none is lost. An attempt that is under way finishes.
          </>
        }
        confirmLabel="Pause endpoint"
        onConfirm={async () => {
          await pause.mutateAsync(endpoint.id);
          toast.success("Endpoint paused", { description: "Its deliveries are held." });
        }}
      />
      <ConfirmDialog
        {...common("disable")}
        title="Disable this endpoint?"
        description={
          <>
            For an endpoint that is not expected back soon; use pause for maintenance.{" "}
            <Address url={endpoint.url} /> gets nothing, its deliveries are held, and it shows as disabled
            until somebody enables it.
          </>
        }
        confirmLabel="Disable endpoint"
        destructive
        onConfirm={async () => {
          await disable.mutateAsync(endpoint.id);
          toast.success("Endpoint disabled", { description: "Its deliveries are held." });
        }}
      />
      {/* Mounted for each opening, so that a choice made before is never preselected. */}
      {decision === "enable" && <EnableDialog endpoint={endpoint} {...common("enable")} />}
      <ConfirmDialog
        {...common("delete")}
        title="Delete this endpoint?"
        description={
          <>
            <Address url={endpoint.url} /> is removed for good. Deliveries that are waiting or held are
            cancelled, and its secrets stop signing at once. The log of what was delivered stays. This cannot
            be undone.
          </>
        }
        confirmLabel="Delete endpoint"
        typedWord="delete"
        destructive
        onConfirm={async () => {
          await remove.mutateAsync(endpoint.id);
          toast.success("Endpoint deleted", { description: endpoint.url });
          if (afterDelete) router.push(afterDelete);
        }}
      />
    </>
  );
}
