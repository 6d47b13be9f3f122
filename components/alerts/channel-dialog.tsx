"use client";
// Owns making and changing a channel, and the one look at a webhook's secret; closing forgets it.

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { useCreateChannel, useUpdateChannel } from "@/lib/client/queries/alerts";
import { useViewer } from "@/lib/client/viewer-context";
import type { ChannelDto } from "@/lib/contracts/alerts";
import { ChannelForm } from "./channel-form";

interface ChannelDialogProps {
  /** A channel to change, `new`, or null for closed. */
  subject: ChannelDto | "new" | null;
  onClose: () => void;
}

export function ChannelDialog({ subject, onClose }: ChannelDialogProps) {
  return (
    <Dialog open={subject !== null} onOpenChange={(open) => !open && onClose()}>
      {/* Mounted for each opening: nothing of an earlier secret stays in memory. */}
      {subject !== null && <OpenDialog channel={subject === "new" ? undefined : subject} onClose={onClose} />}
    </Dialog>
  );
}

function OpenDialog({ channel, onClose }: { channel: ChannelDto | undefined; onClose: () => void }) {
  const { place } = useViewer();
  const create = useCreateChannel(place);
  const update = useUpdateChannel(place);
  const [secret, setSecret] = useState<string | null>(null);
  if (secret !== null) return <SecretContent secret={secret} onDone={onClose} />;
  return (
    <DialogContent
      title={channel ? "Change the channel" : "Create an alert channel"}
      description="For the whole workspace; it says itself which environments it carries."
      width="lg"
    >
      <ChannelForm
        channel={channel}
        isWorking={create.isPending || update.isPending}
        failure={create.error ?? update.error}
        onSubmit={(via, input) => {
          if (channel !== undefined) {
            update.mutate({ id: channel.id, input }, { onSuccess: onClose });
            return;
          }
          create.mutate(
            { via, ...input },
            {
              onSuccess: (made) => {
                if (made.secret !== null) return setSecret(made.secret);
                toast(`Channel “${made.name}” is on. Send a test to see it work.`);
                onClose();
              },
            },
          );
        }}
      />
    </DialogContent>
  );
}

/** The content that shows a new secret once. */
export function SecretContent({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <DialogContent
      title="Copy the secret now"
      description="Your program verifies with it that an alert came from here. This is the only time it is shown."
      // A slip beside the dialog must not cost the secret; Close and Done still work.
      onInteractOutside={(event) => event.preventDefault()}
      onEscapeKeyDown={(event) => event.preventDefault()}
    >
      <DialogBody>
        <div className="grid gap-3 rounded-lg border border-accent bg-accent-soft/60 p-3 sm:flex sm:items-center">
          <code
            className="min-w-0 flex-1 select-all font-mono text-ink text-sm leading-6 wrap-anywhere"
            data-secret
          >
            {secret}
          </code>
          <CopyButton value={secret} label="Copy the secret" variant="secondary" size="md">
            Copy secret
          </CopyButton>
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onDone}>
          I have stored it
        </Button>
      </DialogFooter>
    </DialogContent>
  );
}
