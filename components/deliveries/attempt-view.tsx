"use client";
// Owns one attempt in full: what was sent, what came back, where the time went.

import { Badge } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Timestamp } from "@/components/ui/timestamp";
import { buildCurl } from "@/lib/client/deliveries/curl";
import type { AttemptDto } from "@/lib/contracts/deliveries";
import { errorHint } from "@/lib/domain/delivery/error-hints";
import { BodyView } from "./body-view";
import { formatBytes, formatDuration } from "./format";
import { HeaderList } from "./header-list";
import { OutsideText } from "./outside-text";
import { ResultCode } from "./result-code";
import { TimingBar } from "./timing-bar";

interface AttemptViewProps {
  attempt: AttemptDto;
  /** False once retention has cleared the event's payload. */
  isPayloadAvailable: boolean;
}

export function AttemptView({ attempt, isPayloadAvailable }: AttemptViewProps) {
  const { request, response, error } = attempt;
  return (
    <section aria-label={`Attempt ${attempt.number}`} className="grid min-w-0 gap-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="font-semibold text-base text-ink">Attempt {attempt.number}</h3>
        <ResultCode status={response?.status ?? null} errorClass={error?.class ?? null} variant="badge" />
        <span className="tabular text-muted text-sm">{formatDuration(attempt.duration_ms)}</span>
        <Timestamp value={attempt.started_at} mode="local" className="text-muted text-sm" />
        <CopyButton value={buildCurl(request)} label="Copy as curl" variant="secondary" className="ml-auto">
          Copy as curl
        </CopyButton>
      </header>
      {error !== null && <FailureHint error={error} retryAfterAt={attempt.retry_after_at} />}
      {/* A failure without an answer is best understood from the timing; otherwise people want the answer. */}
      <Tabs key={attempt.id} defaultValue={response === null ? "request" : "response"} className="min-w-0">
        <TabsList>
          <TabsTrigger value="request">Request</TabsTrigger>
          <TabsTrigger value="response">Response</TabsTrigger>
          <TabsTrigger value="timing">Timing</TabsTrigger>
        </TabsList>
        <TabsContent value="request" className="grid min-w-0 gap-3 pt-3">
          <p className="rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs leading-5 wrap-anywhere">
            <span className="text-accent-ink">{request.method}</span> <OutsideText text={request.url} />
          </p>
          <HeaderList headers={request.headers} label="Request headers" />
          <RequestBody request={request} isPayloadAvailable={isPayloadAvailable} />
        </TabsContent>
        <TabsContent value="response" className="grid min-w-0 gap-3 pt-3">
          {response === null ? (
            <p className="py-4 text-muted text-sm">No answer came. {error && errorHint(error.class).title}</p>
          ) : (
            <ResponseView response={response} />
          )}
        </TabsContent>
        <TabsContent value="timing" className="grid min-w-0 gap-4 pt-3">
          {attempt.timings === null ? (
            <p className="py-4 text-muted text-sm">Nothing was sent, so there is nothing to measure.</p>
          ) : (
            <TimingBar timings={attempt.timings} />
          )}
          <KeyValueList
            items={[
              { key: "Started", value: <Timestamp value={attempt.started_at} mode="utc" /> },
              { key: "Address", value: attempt.resolved_address ?? "–", mono: true },
              { key: "TLS", value: attempt.tls_version ?? "–", mono: true },
              { key: "Signed with", value: attempt.secret_ids.join(", ") || "–", mono: true },
              { key: "Body SHA-256", value: request.body_sha256 ?? "–", mono: true },
              { key: "Attempt", value: attempt.id, mono: true },
            ]}
          />
        </TabsContent>
      </Tabs>
    </section>
  );
}

function FailureHint({
  error,
  retryAfterAt,
}: {
  error: NonNullable<AttemptDto["error"]>;
  retryAfterAt: string | null;
}) {
  const hint = errorHint(error.class);
  return (
    <Callout tone={error.class === "interrupted" ? "info" : "warning"} title={hint.title}>
      {error.message !== "" && (
        <p className="font-mono text-xs leading-5 wrap-anywhere">
          <OutsideText text={error.message} />
        </p>
      )}
      <p>{hint.advice}</p>
      {retryAfterAt !== null && (
        <p>
          The receiver asked to wait until <Timestamp value={retryAfterAt} mode="local" />.
        </p>
      )}
    </Callout>
  );
}

function RequestBody({
  request,
  isPayloadAvailable,
}: Pick<AttemptViewProps, "isPayloadAvailable"> & { request: AttemptDto["request"] }) {
  if (request.body !== null) {
    return (
      <BodyView
        title="Request body"
        text={request.body}
        facts={[{ label: formatBytes(request.body_size) }]}
      />
    );
  }
  return (
    <p className="text-muted text-sm">
      {isPayloadAvailable
        ? "The body that was sent cannot be shown: what is stored now has another hash."
        : `The body (${formatBytes(request.body_size)}) has been cleared by retention.`}
    </p>
  );
}

function ResponseView({ response }: { response: NonNullable<AttemptDto["response"]> }) {
  const { body, body_encoding: encoding, body_size: size } = response;
  const facts: { label: string; tone?: "warning" }[] = [];
  if (size !== null) facts.push({ label: formatBytes(size) });
  if (response.truncated) facts.push({ label: "cut: the rest is not stored", tone: "warning" });
  if (response.incomplete) facts.push({ label: "incomplete: the connection ended early", tone: "warning" });
  if (encoding === "base64") facts.push({ label: "not UTF-8, shown as base64" });
  return (
    <>
      <p className="flex items-center gap-2 text-sm">
        <ResultCode status={response.status} errorClass={null} variant="badge" />
        <span className="text-muted">{response.headers.length} headers</span>
        {size === null && <Badge outline>size unknown</Badge>}
      </p>
      <HeaderList headers={response.headers} label="Response headers" />
      {body === "" ? (
        <p className="text-muted text-sm">The answer has no body.</p>
      ) : (
        <BodyView title="Response body" text={body} facts={facts} />
      )}
    </>
  );
}
