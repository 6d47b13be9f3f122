// Owns "this could not be loaded" for anything that was asked of the server: its words, its request id, another try.

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { errorText, ProblemError } from "@/lib/client/problem-error";

interface LoadFailureProps {
  /** What failed: "Deliveries could not be loaded". */
  title: string;
  error: Error | null;
  onRetry: () => void;
  /** What this does not mean: "Deliveries go on." */
  children?: ReactNode;
  /** Instead of "Try again", where trying again cannot help. */
  action?: ReactNode;
}

export function LoadFailure({ title, error, onRetry, children, action }: LoadFailureProps) {
  return (
    <ErrorState
      title={title}
      action={action ?? <Button onClick={onRetry}>Try again</Button>}
      requestId={error instanceof ProblemError ? (error.requestId ?? undefined) : undefined}
    >
      {errorText(error)} {children}
    </ErrorState>
  );
}
