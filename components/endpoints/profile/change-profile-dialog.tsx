"use client";
// Owns giving an endpoint another profile, or the newest version of its own: what that means for the receiver is said
// before, and a secret that comes with it is shown once.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { leavePage } from "@/lib/client/leave-guard";
import { errorText, ProblemError } from "@/lib/client/problem-error";
import { needsNewSecret } from "@/lib/client/profiles/profile-change";
import { useUpdateEndpoint } from "@/lib/client/queries/endpoint-mutations";
import { environmentQueries } from "@/lib/client/queries/environment";
import { profileQueries } from "@/lib/client/queries/profiles";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import { SecretReveal } from "../secret/secret-reveal";
import { ChangeConsequences } from "./change-consequences";
import { ProfileSelect } from "./profile-select";
import { useEndpointDefinition } from "./use-endpoint-definition";

interface ChangeProfileDialogProps {
  endpoint: EndpointDto;
  /** To the newest version of the profile it has; to another profile otherwise. */
  isMove: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The server has opened the secrets: they are no use to the new profile. */
const wantsNewSecret = (error: Error | null) =>
  error instanceof ProblemError && error.code === "conflict" && error.message.includes("new_secret");

export function ChangeProfileDialog({ endpoint, isMove, open, onOpenChange }: ChangeProfileDialogProps) {
  const { place } = useViewer();
  const update = useUpdateEndpoint(place);
  const [slug, setSlug] = useState<string | null>(isMove ? endpoint.profile.slug : null);
  const [renews, setRenews] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const before = useEndpointDefinition(endpoint.profile).data;
  const defaultSlug = useQuery({ ...environmentQueries.settings(place), enabled: open }).data
    ?.default_profile;
  const target = useQuery({ ...profileQueries.detail(place, slug ?? ""), enabled: slug !== null });
  // While another one is read, the last one must not be taken for it.
  const profile = slug === null ? undefined : target.data;
  const { slug: currentSlug, version: currentVersion } = endpoint.profile;
  const isSame = profile?.slug === currentSlug && profile.version === currentVersion;
  const mustRenew =
    profile !== undefined &&
    (needsNewSecret(profile.definition, endpoint.secrets) || wantsNewSecret(update.error));
  const hasSecrets = profile?.definition.signature.kind !== "none";
  const answer = update.data;
  const secret = answer !== undefined && "secret" in answer ? answer.secret : "";

  function close() {
    // Gone from memory too.
    update.reset();
    onOpenChange(false);
  }

  function submit() {
    if (profile === undefined) return;
    const { name, version } = profile;
    const isNewSecret = hasSecrets && (mustRenew || renews);
    update.mutate(
      {
        id: endpoint.id,
        input: { profile: profile.slug, ...(isNewSecret && { new_secret: true as const }) },
      },
      {
        onSuccess: (saved) => {
          toast.success(`The endpoint sends ${visibleText(name)}, version ${version} now`);
          if (!("secret" in saved) || saved.secret === "") close();
        },
      },
    );
  }

  if (secret !== "") {
    return (
      <Dialog
        open={open}
        onOpenChange={(next) => {
          // A secret that nobody has saved is not lost without a question.
          if (!next) leavePage(close);
        }}
      >
        <DialogContent
          title={endpoint.secrets.length === 0 ? "The secret" : "The new secret"}
          description={<code className="font-mono text-xs wrap-anywhere">{visibleText(endpoint.url)}</code>}
        >
          <DialogBody>
            <SecretReveal secret={secret} isSaved={isSaved} onSavedChange={setSaved} />
          </DialogBody>
          <DialogFooter>
            <Button variant="primary" disabled={!isSaved} onClick={close}>
              Close
            </Button>
          </DialogFooter>
        </DialogContent>
      </Dialog>
    );
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      <DialogContent
        width="lg"
        title={isMove ? `Move to version ${endpoint.profile.latest_version}?` : "Change the profile"}
        description="Events that come in from then on have the new form; deliveries on their way keep theirs, on retries too."
      >
        <DialogBody>
          {!isMove && (
            <ProfileSelect
              label="New profile"
              value={slug}
              defaultSlug={defaultSlug}
              onChange={(next) => {
                update.reset();
                setSlug(next);
              }}
            />
          )}
          {slug !== null &&
            (profile !== undefined && before !== undefined ? (
              <>
                <ChangeConsequences endpoint={endpoint} before={before} profile={profile} isSame={isSame} />
                {!isSame && hasSecrets && (
                  <Checkbox
                    label="Make a new secret with this change"
                    description={
                      mustRenew
                        ? "Needed: this signature cannot use the secret that the endpoint has. The old one ends at once; the new one is shown once, after this."
                        : "The one there is can be kept. A new one ends the old at once and is shown once, after this."
                    }
                    checked={mustRenew || renews}
                    disabled={mustRenew}
                    onCheckedChange={(isOn) => setRenews(isOn === true)}
                  />
                )}
              </>
            ) : target.isError ? (
              <Callout tone="danger">{errorText(target.error)}</Callout>
            ) : (
              <Skeleton className="h-48 w-full" />
            ))}
          {update.isError && !wantsNewSecret(update.error) && (
            <Callout tone="danger">{errorText(update.error)}</Callout>
          )}
          {wantsNewSecret(update.error) && (
            <Callout tone="warning">
              The secret there is cannot sign for this profile. Press again to make a new one with the change.
            </Callout>
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            disabled={profile === undefined || isSame}
            loading={update.isPending}
            onClick={submit}
          >
            {isMove ? "Move endpoint" : "Change profile"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
