"use client";
// Owns making a key: what it is for, what it may do, how long. Then shows it once; closing forgets it.

import { useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { useCreateApiKey } from "@/lib/client/queries/api-keys";
import { useViewer } from "@/lib/client/viewer-context";
import type { ApiKeyWithSecretDto } from "@/lib/contracts/api-keys";
import { CreateKeyForm } from "./create-key-form";
import { KeyReveal } from "./key-reveal";

interface CreateKeyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  publicUrl: string;
}

export function CreateKeyDialog({ open, onOpenChange, publicUrl }: CreateKeyDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      {/* Mounted for each opening: nothing of an earlier key stays in memory. */}
      {open && <OpenDialog publicUrl={publicUrl} onDone={() => onOpenChange(false)} />}
    </Dialog>
  );
}

function OpenDialog({ publicUrl, onDone }: { publicUrl: string; onDone: () => void }) {
  const { place, environment } = useViewer();
  const create = useCreateApiKey(place);
  const [created, setCreated] = useState<ApiKeyWithSecretDto | null>(null);
  if (created !== null) {
    return (
      <DialogContent
        title="Copy the key now"
        description={`This is the only time “${created.name}” is shown. Signpost keeps nothing that could show it again.`}
        width="lg"
        // A slip beside the dialog must not cost the key; Close and Done still work.
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => event.preventDefault()}
      >
        <KeyReveal created={created} publicUrl={publicUrl} onDone={onDone} />
      </DialogContent>
    );
  }
  return (
    <DialogContent
      title="Create an API key"
      description={
        environment.kind === "live"
          ? "For the live environment. It reaches nothing in the sandbox."
          : "For the sandbox. It reaches nothing in the live environment."
      }
    >
      <CreateKeyForm
        isWorking={create.isPending}
        failure={create.error}
        onSubmit={(input) => create.mutate(input, { onSuccess: setCreated })}
      />
    </DialogContent>
  );
}
