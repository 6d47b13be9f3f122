"use client";
// Owns how a subject is named: in code font, as the way to its page.

import Link from "next/link";
import { OutsideText } from "@/components/deliveries/outside-text";
import { cn } from "@/components/ui/cn";
import { subjectPath } from "@/lib/client/subjects/callback-words";
import { useViewer } from "@/lib/client/viewer-context";

export function SubjectLink({ subject, className }: { subject: string; className?: string }) {
  const { href } = useViewer();
  return (
    <Link
      href={href(subjectPath(subject))}
      className={cn(
        "rounded-xs font-mono text-accent-ink text-xs underline-offset-4 hover:underline wrap-anywhere",
        className,
      )}
    >
      <OutsideText text={subject} />
    </Link>
  );
}
