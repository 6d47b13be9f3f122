"use client";
// Owns the question before edits are left behind.

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLeaveGuard } from "@/lib/client/leave-guard";

/** Asks for as long as it is on the page: render it while something is not saved. */
export function UnsavedGuard() {
  const guard = useLeaveGuard();
  return (
    <ConfirmDialog
      open={guard.isAsking}
      onOpenChange={(open) => {
        if (!open) guard.stay();
      }}
      title="Leave without saving?"
      description="What you have changed here is not kept anywhere else."
      confirmLabel="Leave"
      cancelLabel="Stay"
      destructive
      onConfirm={guard.leave}
    />
  );
}
