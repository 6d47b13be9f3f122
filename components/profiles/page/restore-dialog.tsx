"use client";
// Owns going back to an older version: it is saved as the newest, and endpoints follow if that is wanted.

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { useRestoreVersion } from "@/lib/client/queries/profile-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import type { ProfileDto } from "@/lib/contracts/profiles";
import { BlockedEndpoints } from "../blocked-endpoints";
import { ApplyChoice } from "../editor/apply-choice";

interface RestoreDialogProps {
  profile: ProfileDto;
  number: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RestoreDialog({ profile, number, open, onOpenChange }: RestoreDialogProps) {
  const { place } = useViewer();
  const restore = useRestoreVersion(place, profile.slug);
  const [applies, setApplies] = useState(true);
  function close() {
    restore.reset();
    onOpenChange(false);
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      <DialogContent
        title={`Restore version ${number}?`}
        description={`What it says is saved as version ${profile.version + 1}. Nothing is taken away.`}
      >
        <DialogBody>
          <ApplyChoice profile={profile} checked={applies} onChange={setApplies} />
          {restore.isError && <BlockedEndpoints error={restore.error} />}
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            loading={restore.isPending}
            onClick={() =>
              restore.mutate(
                { number, apply_to_endpoints: applies },
                {
                  onSuccess: ({ version }) => {
                    toast.success(`Version ${version} says what version ${number} said`);
                    close();
                  },
                },
              )
            }
          >
            Restore version
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
