"use client";
// Owns the list of keys of the deliveries page.

import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useViewer } from "@/lib/client/viewer-context";
import type { Permission } from "@/lib/domain/access/permissions";

const SHORTCUTS: { keys: string[]; does: string; permission?: Permission }[] = [
  { keys: ["j", "↓"], does: "Next delivery" },
  { keys: ["k", "↑"], does: "Previous delivery" },
  { keys: ["Enter"], does: "Open the delivery" },
  { keys: ["Esc"], does: "Close the delivery" },
  { keys: ["r"], does: "Replay, or retry now while it waits", permission: "deliveries:write" },
  { keys: ["/"], does: "Search by id" },
  { keys: ["?"], does: "This list" },
];

interface ShortcutsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ShortcutsDialog({ open, onOpenChange }: ShortcutsDialogProps) {
  const { can } = useViewer();
  const shown = SHORTCUTS.filter(({ permission }) => permission === undefined || can(permission));
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keys" width="sm">
        <DialogBody>
          <dl className="grid gap-2 text-sm">
            {shown.map(({ keys, does }) => (
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
