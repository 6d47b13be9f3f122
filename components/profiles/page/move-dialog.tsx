"use client";
// Owns moving this environment's endpoints to the newest version of a profile: all of them or none.

import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { countOf } from "@/lib/client/count-of";
import { useApplyProfile } from "@/lib/client/queries/profile-mutations";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { ProfileDto } from "@/lib/contracts/profiles";
import { BlockedEndpoints } from "../blocked-endpoints";

interface MoveDialogProps {
  profile: ProfileDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function MoveDialog({ profile, open, onOpenChange }: MoveDialogProps) {
  const { place, environment } = useViewer();
  const apply = useApplyProfile(place, profile.slug);
  const { endpoints_behind: behind, version } = profile;
  const name = visibleText(profile.name);
  function close() {
    apply.reset();
    onOpenChange(false);
  }
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()}>
      <DialogContent
        title={`Move ${countOf(behind, "endpoint", "endpoints")} to version ${version}?`}
        description={`Every endpoint of the ${environment.kind} environment that sends an older version of ${name}. Events that come in from then on have the new form; deliveries on their way keep theirs. What was set for an endpoint alone stays.`}
      >
        <DialogBody>{apply.isError && <BlockedEndpoints error={apply.error} />}</DialogBody>
        <DialogFooter>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="primary"
            loading={apply.isPending}
            onClick={() =>
              apply.mutate(undefined, {
                onSuccess: ({ moved_endpoints: moved }) => {
                  toast.success(
                    `${countOf(moved, "endpoint sends", "endpoints send")} version ${version} now`,
                  );
                  close();
                },
              })
            }
          >
            Move endpoints
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
