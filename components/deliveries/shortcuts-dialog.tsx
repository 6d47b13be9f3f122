"use client";
// Owns the list of keys of the deliveries page.

import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const SHORTCUTS: { keys: string[]; does: string }[] = [
  { keys: ["j", "↓"], does: "Next delivery" },
  { keys: ["k", "↑"], does: "Previous delivery" },
  { keys: ["Enter"], does: "Open the delivery" },
  { keys: ["Esc"], does: "Close the delivery" },
  { keys: ["r"], does: "Replay, or retry now while it waits" },
  { keys: ["/"], does: "Search by id" },
  { keys: ["?"], does: "This list" },
];

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keys" width="sm">
        <DialogBody>
          <dl className="grid gap-2 text-sm">
            {SHORTCUTS.map(({ keys, does }) => (
              <div key={does} className="flex items-center justify-between gap-6">
                <dt className="text-muted">{does}</dt>
                <dd className="flex gap-1">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
