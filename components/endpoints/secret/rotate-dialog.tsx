"use client";
// Owns rotation in two steps: what will happen in words, then the new secret, once.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { RadioCard, RadioGroup } from "@/components/ui/radio-group";
import { leavePage } from "@/lib/client/leave-guard";
import { errorText } from "@/lib/client/problem-error";
import { useRotateSecret } from "@/lib/client/queries/endpoint-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { EndpointDto } from "@/lib/contracts/endpoints";
import type { ProfileDefinition } from "@/lib/domain/profile/definition";
import { carriesSeveral } from "@/lib/domain/profile/signature-scheme";
import { useEndpointDefinition } from "../profile/use-endpoint-definition";
import { SecretReveal } from "./secret-reveal";

const OVERLAPS = [
  {
    value: "0",
    label: "None: it has leaked",
    description:
      "The old secret stops signing now. Until the receiver has the new one, it refuses every request.",
  },
  { value: "3600", label: "1 hour", description: "For a receiver that you deploy right after this." },
  {
    value: "86400",
    label: "24 hours",
    description: "The usual choice: both secrets sign, the receiver changes over within a day.",
  },
  { value: "604800", label: "7 days", description: "For a receiver that somebody else runs." },
] as const;

/** The profile's own overlap where it is one of the choices. */
function usualOverlap({ default_overlap_seconds: usual }: ProfileDefinition["rotation"]): string {
  return OVERLAPS.find(({ value }) => value === String(usual))?.value ?? "86400";
}

interface RotateDialogProps {
  endpoint: Pick<EndpointDto, "id" | "url" | "profile">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Called with the new hint once the dialog is closed, and whether the person has saved the secret. */
  onRotated?: (hint: string, isSaved: boolean) => void;
}

export function RotateDialog({ endpoint, open, onOpenChange, onRotated }: RotateDialogProps) {
  const { place } = useViewer();
  const rotate = useRotateSecret(place);
  const [chosen, setChosen] = useState<string | null>(null);
  const definition = useEndpointDefinition(endpoint.profile).data;
  // A request that carries one signature cannot carry that of the old secret too.
  const mayOverlap =
    definition !== undefined &&
    definition.rotation.overlap === "allowed" &&
    carriesSeveral(definition.signature);
  const overlap = mayOverlap ? (chosen ?? usualOverlap(definition.rotation)) : "0";
  const [isSaved, setSaved] = useState(false);
  const secret = rotate.data?.secret;

  function close() {
    const hint = rotate.data?.secrets[0]?.hint;
    if (hint !== undefined) onRotated?.(hint, isSaved);
    // Gone from memory too; the next opening starts at the question.
    rotate.reset();
    setSaved(false);
    onOpenChange(false);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        // A secret that nobody has saved is not lost without a question.
        if (!next) leavePage(close);
      }}
    >
      {secret === undefined ? (
        <DialogContent
          title="Rotate the signing secret"
          description="A new secret signs every attempt from now on, also retries of older events."
        >
          <DialogBody>
            {mayOverlap && (
              <fieldset className="grid gap-2">
                <legend className="mb-2 font-medium text-ink text-sm">
                  How long does the old secret keep signing?
                </legend>
                <RadioGroup aria-label="Overlap" value={overlap} onValueChange={setChosen}>
                  {OVERLAPS.map((option) => (
                    <RadioCard key={option.value} {...option} />
                  ))}
                </RadioGroup>
              </fieldset>
            )}
            <Callout tone={overlap === "0" ? "warning" : "info"}>
              {!mayOverlap
                ? `The old secret ends at once: as ${visibleText(endpoint.profile.name)} has it, a request carries one signature. Until the receiver has the new one, it refuses every request; refused deliveries are retried as their schedule says.`
                : overlap === "0"
                  ? "Secrets that are already retiring end now as well. Refused deliveries are retried as their schedule says."
                  : "During the overlap each request carries one signature for each secret. Receivers that check all of them, as the specification asks, need no downtime."}
            </Callout>
            {rotate.isError && <Callout tone="danger">{errorText(rotate.error)}</Callout>}
          </DialogBody>
          <DialogFooter>
            <Button onClick={close}>Cancel</Button>
            <Button
              variant={overlap === "0" ? "destructive" : "primary"}
              loading={rotate.isPending}
              disabled={definition === undefined}
              onClick={() => rotate.mutate({ id: endpoint.id, input: { overlap_seconds: Number(overlap) } })}
            >
              Rotate secret
            </Button>
          </DialogFooter>
        </DialogContent>
      ) : (
        <DialogContent
          title="The new secret"
          description={<code className="font-mono text-xs wrap-anywhere">{endpoint.url}</code>}
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
      )}
    </Dialog>
  );
}
