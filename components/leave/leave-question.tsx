"use client";
// Owns the question before something that is kept nowhere else is left behind.

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLeaveGuard } from "@/lib/client/leave-guard";

interface LeaveQuestionProps {
  title: string;
  description: string;
}

/** Asks for as long as it is on the page: render it while there is something to lose. */
export function LeaveQuestion({ title, description }: LeaveQuestionProps) {
  const guard = useLeaveGuard();
  return (
    <ConfirmDialog
      open={guard.isAsking}
      onOpenChange={(open) => {
        if (!open) guard.stay();
      }}
      title={title}
      description={description}
      confirmLabel="Leave"
      cancelLabel="Stay"
      destructive
      onConfirm={guard.leave}
    />
  );
}
