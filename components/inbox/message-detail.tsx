"use client";
// Owns one message: the verdict on its signature in words, then headers and body verbatim.

import Link from "next/link";
import { BodyView } from "@/components/deliveries/body-view";
import { formatBytes } from "@/components/deliveries/format";
import { HeaderList } from "@/components/deliveries/header-list";
import { Callout } from "@/components/ui/callout";
import { cn } from "@/components/ui/cn";
import { KeyValueList } from "@/components/ui/key-value-list";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { eventTypeOf, verdictText } from "@/lib/client/inbox/verdict";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { InboxMessageDto, InboxVerification } from "@/lib/contracts/inbox";

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
        ]}
      />
      <section className="grid grid-cols-1 gap-2">
        <h3 className="font-semibold text-ink text-sm">Headers</h3>
        <HeaderList headers={message.headers} label="Headers" />
      </section>
      {message.body_size === 0 ? (
        <p className="text-sm text-subtle">The body is empty.</p>
      ) : (
        <BodyView
          key={message.id}
          title="Body"
          text={message.body}
          facts={[
            { label: formatBytes(message.body_size) },
            ...(message.body_encoding === "base64" ? [{ label: "no text, shown as base64" }] : []),
          ]}
        />
      )}
    </article>
  );
}
