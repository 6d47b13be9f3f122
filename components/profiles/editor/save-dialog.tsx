"use client";
// Owns the moment of saving a changed profile: what to say about it, and who follows.

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ProfileDto } from "@/lib/contracts/profiles";
import { BlockedEndpoints } from "../blocked-endpoints";
import { ApplyChoice } from "./apply-choice";

interface SaveDialogProps {
  profile: ProfileDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  isWorking: boolean;
  failure: Error | null;
  onSave: (choice: { note: string; applies: boolean }) => void;
}

export function SaveDialog({ profile, open, onOpenChange, isWorking, failure, onSave }: SaveDialogProps) {
  const [note, setNote] = useState("");
  const [applies, setApplies] = useState(true);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Save version ${profile.version + 1}`}
        description="Deliveries that were made before keep the version that they were made with, on retries and replays too."
      >
        <form
          className="flex min-h-0 flex-col"
          onSubmit={(event) => {
            event.preventDefault();
            // React hands it on to the editor's form, although the page's tree does not.
            event.stopPropagation();
            onSave({ note: note.trim(), applies });
          }}
        >
          <DialogBody>
            <Field label="What changed" optional hint="For those who read the versions later.">
              <Input
                value={note}
                maxLength={280}
                autoComplete="off"
                placeholder="Another name for the event's header"
                onChange={(event) => setNote(event.target.value)}
              />
            </Field>
            <ApplyChoice profile={profile} checked={applies} onChange={setApplies} />
            {failure !== null && <BlockedEndpoints error={failure} />}
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" variant="primary" loading={isWorking}>
              Save version
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
