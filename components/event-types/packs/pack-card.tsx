"use client";
// Owns one pack: install, remove, and the way on to an endpoint that speaks as the system does.

import { Download, PackageMinus, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { beginDraft } from "@/components/endpoints/wizard/wizard-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { StatusPill } from "@/components/ui/status-pill";
import { packRemoval, packState } from "@/lib/client/catalogue/type-views";
import { countOf } from "@/lib/client/count-of";
import { errorText } from "@/lib/client/problem-error";
import { useInstallPack, useRemovePack } from "@/lib/client/queries/catalogue";
import { useViewer } from "@/lib/client/viewer-context";
import type { PackDto } from "@/lib/contracts/event-types";
import { DefaultProfile } from "./default-profile";
import { PackTypes } from "./pack-types";

function InstalledPill({ pack }: { pack: PackDto }) {
  const state = packState(pack);
  if (state === "installed") return <StatusPill tone="success">Installed</StatusPill>;
  if (state === "none") return <StatusPill tone="neutral">Not installed</StatusPill>;
  const missing = pack.types.filter(({ step }) => step !== "present").length;
  return (
    <StatusPill
      tone="progress"
      reason={`${missing} of its types are missing, archived, or without description or example.`}
    >
      {pack.types.length - missing} of {pack.types.length} installed
    </StatusPill>
  );
}

function RemoveButton({ pack }: { pack: PackDto }) {
  const { place } = useViewer();
  const remove = useRemovePack(place);
  const { removed, kept } = packRemoval(pack);
  if (removed.length + kept.length === 0) return null;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="destructive-ghost" icon={<PackageMinus />}>
          Remove
        </Button>
      }
      title={`Remove the pack ${pack.name}?`}
      description="Events and endpoints are not touched: they carry names and go on. It can be installed again."
      confirmLabel="Remove pack"
      destructive
      onConfirm={async () => {
        await remove.mutateAsync(pack.slug);
        toast(`${pack.name}: ${countOf(removed.length, "event type", "event types")} removed.`);
      }}
    >
      {removed.length > 0 && (
        <p className="text-sm">
          Out of the catalogue: <span className="font-mono text-xs">{removed.join(", ")}</span>.
        </p>
      )}
      {kept.length > 0 && (
        <p className="text-sm">
          Kept, because somebody has changed it: <span className="font-mono text-xs">{kept.join(", ")}</span>.
        </p>
      )}
    </ConfirmDialog>
  );
}

function InstallButton({ pack }: { pack: PackDto }) {
  const { place } = useViewer();
  const install = useInstallPack(place);
  const state = packState(pack);
  if (state === "installed") return null;
  return (
    <Button
      variant="primary"
      icon={<Download />}
      loading={install.isPending}
      onClick={() =>
        install.mutate(pack.slug, {
          onSuccess: ({ types }) => {
            const done = types.filter(({ step }) => step !== "present").length;
            toast.success(`${pack.name}: ${countOf(done, "event type", "event types")} installed.`);
          },
          onError: (error) => toast.error(errorText(error)),
        })
      }
    >
      {state === "none" ? `Install ${pack.name}` : "Install the rest"}
    </Button>
  );
}

export function PackCard({ pack }: { pack: PackDto }) {
  const { href, can, environment } = useViewer();
  const router = useRouter();
  const mayWrite = can("endpoints:write");

  function begin() {
    beginDraft(environment.id, {
      eventTypes: pack.types.map(({ name }) => name),
      profile: pack.profile,
    });
    router.push(href("/endpoints/new/url"));
  }

  return (
    <Card aria-label={`Pack ${pack.name}`}>
      <CardHeader
        title={
          <span className="flex flex-wrap items-center gap-2.5">
            {pack.name} <InstalledPill pack={pack} />
          </span>
        }
        description={pack.description}
        actions={
          mayWrite && (
            <>
              <RemoveButton pack={pack} />
              <InstallButton pack={pack} />
            </>
          )
        }
      />
      <PackTypes pack={pack} />
      {packState(pack) === "installed" && (
        <CardBody className="border-t pt-4">
          <Callout
            tone="success"
            title="Next: an endpoint that sends as this system does"
            actions={
              mayWrite && (
                <Button size="sm" icon={<Plus />} onClick={begin}>
                  New endpoint for {pack.name}
                </Button>
              )
            }
          >
            With these event types chosen and the profile{" "}
            <Link
              href={href(`/profiles/${pack.profile}`)}
              className="rounded-xs text-accent-ink underline underline-offset-4"
            >
              {pack.profile}
            </Link>
            : only the address is left to give.
          </Callout>
        </CardBody>
      )}
      <CardFooter>
        <DefaultProfile slug={pack.profile} name={pack.name} />
      </CardFooter>
    </Card>
  );
}
