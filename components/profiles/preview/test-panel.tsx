"use client";
// Owns sending what is shown: to the Inbox or to an endpoint of this environment, with what came back.

import { useQuery } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import Link from "next/link";
import { useId, useState } from "react";
import { AttemptView } from "@/components/deliveries/attempt-view";
import { DeliveryStatePill } from "@/components/deliveries/delivery-state-pill";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import { Spinner } from "@/components/ui/spinner";
import { StatusPill } from "@/components/ui/status-pill";
import { errorText } from "@/lib/client/problem-error";
import type { ExampleEvent } from "@/lib/client/profiles/example-choice";
import { endpointChoices } from "@/lib/client/queries/endpoint-choices";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { TestProfileInput } from "@/lib/contracts/profiles";
import { type ProfileTest, useProfileTest } from "./use-profile-test";

const INBOX = "inbox";
const linkStyles = "rounded-xs text-accent-ink text-sm underline-offset-4 hover:underline";

function Result({ test }: { test: ProfileTest }) {
  const { href } = useViewer();
  const { answered, delivery, error } = test;
  if (error !== null) return <Callout tone="danger">{errorText(error)}</Callout>;
  if (answered !== null) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <span className="flex flex-wrap items-center gap-2 text-sm">
          {answered.status === null ? (
            <StatusPill tone="danger">Nothing came back</StatusPill>
          ) : (
            <StatusPill tone={answered.succeeded ? "success" : "danger"}>
              The Inbox answered {answered.status}
            </StatusPill>
          )}
          <span className="text-muted text-xs">
            {answered.error === null
              ? "Signed with the example's secret, which no endpoint has: the Inbox keeps it as not verified."
              : answered.error.message}
          </span>
        </span>
        <Link href={href("/inbox")} className={linkStyles}>
          Open the Inbox
        </Link>
      </div>
    );
  }
  if (delivery === null) return null;
  const attempt = delivery.attempts.at(-1);
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
        <DeliveryStatePill state={delivery.state} reason={delivery.state_reason} />
        <Link href={href(`/deliveries/${delivery.id}`)} className={linkStyles}>
          Open in the log
        </Link>
      </div>
      {attempt && <AttemptView attempt={attempt} isPayloadAvailable />}
    </div>
  );
}

interface TestPanelProps {
  /** What to send; null while it cannot be: something is wrong, or the example is not there yet. */
  source: Pick<TestProfileInput, "profile" | "version" | "definition"> | null;
  event: ExampleEvent | null;
}

export function TestPanel({ source, event }: TestPanelProps) {
  const { place, can, environment } = useViewer();
  const id = useId();
  const [target, setTarget] = useState(INBOX);
  const mayUseEndpoints = can("endpoints:write");
  const endpoints = useQuery({ ...endpointChoices(place), enabled: mayUseEndpoints });
  const test = useProfileTest();
  const canSend = source !== null && event !== null;
  return (
    <section aria-label="Send it" className="grid grid-cols-1 gap-3" aria-live="polite">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <Label htmlFor={id} className="font-normal text-subtle text-xs">
          Send it to
        </Label>
        <NativeSelect
          id={id}
          className="min-w-0 flex-1 sm:max-w-72"
          value={target}
          onChange={(change) => setTarget(change.target.value)}
        >
          <option value={INBOX}>the Inbox ({environment.kind})</option>
          {(endpoints.data ?? []).map((endpoint) => (
            <option key={endpoint.id} value={endpoint.id}>
              {visibleText(endpoint.description || endpoint.url)}
            </option>
          ))}
        </NativeSelect>
        <Button
          icon={<SendHorizontal />}
          disabled={!canSend}
          loading={test.isRunning}
          onClick={() => {
            if (source === null || event === null) return;
            test.start({ ...source, ...event, ...(target !== INBOX && { endpoint_id: target }) });
          }}
        >
          Send
        </Button>
        {test.isRunning && (
          <span className="flex items-center gap-2 text-muted text-xs">
            <Spinner /> on its way
          </span>
        )}
      </div>
      {!test.isRunning && <Result test={test} />}
    </section>
  );
}
