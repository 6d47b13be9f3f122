"use client";
// Owns the question that a new address of another origin raises: stored credentials are write-only, and whoever runs the
// new address would read them.
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ProblemError } from "@/lib/client/problem-error";

/** True when a change was refused because the new address would get what is stored. */
export function asksToKeepCredentials(error: unknown): boolean {
  return error instanceof ProblemError && error.errors.some(({ path }) => path === "keep_credentials");
}

interface KeepCredentialsDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Saves the same change, credentials included; the dialog shows why when it rejects. */
  onConfirm: () => Promise<void>;
}

export function KeepCredentialsDialog(props: KeepCredentialsDialogProps) {
  return (
    <ConfirmDialog
      {...props}
      title="Send the stored authentication and headers to the new address too?"
      description="The new address is another server. Whoever runs it will see this endpoint's stored authentication, custom headers and client certificate. Cancel to remove or replace them first."
      confirmLabel="Send them there too"
      cancelLabel="Cancel"
    />
  );
}
