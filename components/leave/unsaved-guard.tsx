"use client";
// Owns the question before edits are left behind.

import { LeaveQuestion } from "./leave-question";

/** Asks for as long as it is on the page: render it while something is not saved. */
export function UnsavedGuard() {
  return (
    <LeaveQuestion
      title="Leave without saving?"
      description="What you have changed here is not kept anywhere else."
    />
  );
}
