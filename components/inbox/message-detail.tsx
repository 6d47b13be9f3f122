"use client";
// Owns one message: the verdict on its signature in words, then headers and body verbatim.

import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { eventTypeOf, verdictText } from "@/lib/client/inbox/verdict";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { InboxMessageDto, InboxVerification } from "@/lib/contracts/inbox";
import { formatBytes } from "./format-bytes";
import { MessageBody } from "./message-body";

const CALLOUT = { success: "success", danger: "danger", neutral: "info" } as const;

function Verdict({ verification }: { verification: InboxVerification }) {
  const { href } = useViewer();
  const { tone, title, text } = verdictText(verification);
  return (
    <Callout tone={CALLOUT[tone]} title={title}>
      {text}
      {verification.outcome === "verified" && (
        <>
          {" "}
          It belongs to{" "}
          <Link
            href={href(`/endpoints/${verification.endpoint_id}`)}
            className="text-accent-ink underline underline-offset-4"
          >
            this endpoint
          </Link>
          .
        </>
      )}
    </Callout>
  );
}

function Headers({ headers }: { headers: [string, string][] }) {
  const text = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return (
    <section className="grid grid-cols-1 gap-2">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-semibold text-ink text-sm">
          Headers <span className="tabular font-normal text-subtle">{headers.length}</span>
        </h3>
        <CopyButton value={text} label="Copy headers" />
      </div>
      <dl className="grid grid-cols-1 divide-y divide-line rounded-md border border-line font-mono text-xs leading-5">
        {headers.map(([name, value]) => (
          <div
            // A name occurs twice only with another value.
            key={`${name} ${value}`}
            className="grid gap-x-4 px-3 py-1 sm:grid-cols-[minmax(8rem,12rem)_minmax(0,1fr)]"
          >
            <dt className="text-subtle wrap-anywhere">{visibleText(name)}</dt>
            <dd
              className={cn(
                "wrap-anywhere",
                value.startsWith("[masked,") ? "text-subtle italic" : "text-ink",
              )}
            >
              {visibleText(value)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function MessageDetail({ message, isStale }: { message: InboxMessageDto; isStale: boolean }) {
  const { tone, label } = verdictText(message.verification);
  return (
    <article
      className={cn(
        "grid max-w-4xl grid-cols-1 gap-6 p-4 transition-opacity sm:p-6",
        isStale && "opacity-60",
      )}
      aria-busy={isStale}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="min-w-0 font-mono font-semibold text-base text-ink wrap-anywhere">
          {eventTypeOf(message) ?? message.method}
        </h2>
        <StatusPill tone={tone}>{label}</StatusPill>
      </header>
      <Verdict verification={message.verification} />
      <KeyValueList
        items={[
          { key: "Received", value: <Timestamp value={message.received_at} mode="local" /> },
          { key: "Request", value: `${message.method} ${visibleText(message.path)}`, mono: true },
          { key: "Answered", value: <span className="tabular">{message.responded_status}</span> },
          { key: "Body", value: `${formatBytes(message.body_size)}` },
        ]}
      />
      <MessageBody key={message.id} message={message} />
      <Headers headers={message.headers} />
    </article>
  );
}
