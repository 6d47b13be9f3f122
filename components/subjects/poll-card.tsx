"use client";
// Owns fetching instead of receiving: the request, what its cursor means, and a try of it.

import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { errorText } from "@/lib/client/problem-error";
import { type PollAnswer, usePoll } from "@/lib/client/queries/subjects";
import { pollRequest } from "@/lib/client/subjects/callback-words";
import { useViewer } from "@/lib/client/viewer-context";

function Answer({ answer }: { answer: PollAnswer }) {
  const { href } = useViewer();
  return (
    <div className="grid grid-cols-1 gap-2">
      <p className="text-sm">
        {answer.data.length === 0
          ? "No event after the cursor. "
          : `${countOf(answer.data.length, "event", "events")}, oldest first. `}
        <Badge mono>has_more: {String(answer.has_more)}</Badge>
      </p>
      {answer.data.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line" aria-label="Events of the answer">
          {answer.data.map((event) => (
            <li key={event.id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-1.5">
              <Link
                href={href(`/events/${encodeURIComponent(event.id)}`)}
                className="min-w-0 truncate rounded-xs font-mono text-accent-ink text-xs underline-offset-4 hover:underline"
              >
                {event.id}
              </Link>
              <span className="font-mono text-muted text-xs">{event.type}</span>
              <Timestamp value={event.created_at} focusable={false} className="ml-auto text-subtle text-xs" />
            </li>
          ))}
        </ul>
      )}
      <p className="text-muted text-xs">
        next_cursor <code className="font-mono text-ink wrap-anywhere">{answer.next_cursor}</code>
      </p>
    </div>
  );
}

export function PollCard({ subject, publicUrl }: { subject: string; publicUrl: string }) {
  const { place } = useViewer();
  const [cursor, setCursor] = useState<string | null>(null);
  const poll = usePoll(place, subject);
  const ask = (from: string | null) => {
    setCursor(from);
    poll.mutate(from);
  };
  const next = poll.data?.next_cursor ?? null;
  return (
    <Card>
      <CardHeader
        title="Fetch instead of receiving"
        description="For whoever has no address to call: ask for the subject's events, oldest first, whenever it suits."
      />
      <CardBody className="grid grid-cols-1 gap-4">
        <CodeBlock
          code={pollRequest(publicUrl, subject, cursor)}
          title={cursor === null ? "From the oldest event" : "From the cursor on"}
          copyLabel="Copy the request"
          wrap
        />
        <ul className="grid max-w-prose list-disc gap-1 pl-4 text-muted text-sm marker:text-subtle">
          <li>
            Keep <code className="font-mono text-ink text-xs">next_cursor</code> of every answer, also of an
            empty one, and send it as <code className="font-mono text-ink text-xs">cursor</code> next time.
          </li>
          <li>
            While <code className="font-mono text-ink text-xs">has_more</code> is true, ask again at once;
            otherwise later.
          </li>
          <li>
            A cursor never passes an event that is just being accepted, so none is skipped and none comes
            twice. The newest may appear a moment later than in the log. Tests are left out.
          </li>
        </ul>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" loading={poll.isPending} onClick={() => ask(null)}>
            Ask from the oldest
          </Button>
          {next !== null && (
            <Button size="sm" disabled={poll.isPending} onClick={() => ask(next)}>
              Ask again with next_cursor
            </Button>
          )}
        </div>
        <div aria-live="polite" className="grid grid-cols-1 gap-2">
          {poll.error && <Callout tone="danger">{errorText(poll.error)}</Callout>}
          {poll.data && <Answer answer={poll.data} />}
        </div>
      </CardBody>
    </Card>
  );
}
