// Owns the help under a new password: how long it is, and the one thing that is wrong with it.

import { CircleCheck } from "lucide-react";
import { Progress } from "@/components/ui/progress";
import { MIN_PASSWORD_LENGTH, passwordProblem } from "@/lib/domain/access/password";

interface PasswordHelpProps {
  value: string;
  /** Words that others know of the person. */
  about: readonly string[];
}

/** A bar that fills up to the shortest length that will do, and a sentence. */
export function PasswordHelp({ value, about }: PasswordHelpProps) {
  const length = [...value].length;
  const problem = passwordProblem(value, about);
  const isGood = problem === null;
  const text =
    length < MIN_PASSWORD_LENGTH
      ? `At least ${MIN_PASSWORD_LENGTH} characters; a few words do well.`
      : problem;
  return (
    <div className="grid gap-1.5">
      <Progress
        label="Length of the password"
        value={Math.min(length, MIN_PASSWORD_LENGTH)}
        max={MIN_PASSWORD_LENGTH}
        tone={isGood ? "success" : length >= MIN_PASSWORD_LENGTH ? "warning" : "neutral"}
        className="h-1"
      />
      <p className="flex items-center gap-1.5 text-subtle text-xs" role="status">
        {isGood ? (
          <>
            <CircleCheck className="size-3.5 text-success" aria-hidden />
            This will do.
          </>
        ) : (
          text
        )}
      </p>
    </div>
  );
}
