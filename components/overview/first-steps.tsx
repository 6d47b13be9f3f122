"use client";
// Owns the way from an empty environment to a first delivery: three steps, ticked off by what really happened.

import { ArrowRight, Check } from "lucide-react";
import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { LinkButton } from "@/components/ui/link-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import { useViewer } from "@/lib/client/viewer-context";
import type { OverviewDto } from "@/lib/contracts/overview";

interface StepProps {
  number: number;
  title: string;
  done: boolean;
  /** The first step that is not done; only its content is open. */
  current: boolean;
  children: ReactNode;
}

function Step({ number, title, done, current, children }: StepProps) {
  return (
    <li
      className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 border-t px-4 py-3.5"
      aria-current={current ? "step" : undefined}
    >
      <span
        aria-hidden
        className={cn(
          "tabular grid size-7 place-items-center rounded-full border border-line font-semibold text-muted text-xs",
          current && "border-accent bg-accent text-on-accent",
          done && "border-transparent bg-success-soft text-success-ink",
        )}
      >
        {done ? <Check className="size-4" /> : number}
      </span>
      <div className="grid min-w-0 gap-2 pt-1">
        <h3 className={cn("font-medium text-base", done || !current ? "text-muted" : "text-ink")}>
          {title}
          {done && <VisuallyHidden> (done)</VisuallyHidden>}
        </h3>
        {current && (
          <div className="grid max-w-2xl justify-items-start gap-3 text-muted text-sm">{children}</div>
        )}
      </div>
    </li>
  );
}

interface FirstStepsProps {
  steps: OverviewDto["first_steps"];
  publicUrl: string;
}

export function FirstSteps({ steps, publicUrl }: FirstStepsProps) {
  const { href, whyNot, environment } = useViewer();
  const done = [steps.endpoint, steps.api_key, steps.event];
  const current = done.indexOf(false);
  const request = firstRequest(publicUrl, ["events:write"]);
  const count = done.filter(Boolean).length;

  const action = (path: string, label: string, why: string | undefined) =>
    why ? (
      <p className="text-subtle">{why}</p>
    ) : (
      <LinkButton href={href(path)} variant="primary" icon={<ArrowRight />}>
        {label}
      </LinkButton>
    );

  return (
    <Card>
      <CardHeader
        title="First steps"
        description={`From nothing to a signed delivery in ${environment.kind}. ${count} of 3 done.`}
      />
      <ol>
        <Step number={1} title="Create an endpoint" done={done[0] === true} current={current === 0}>
          <p>
            An endpoint is a URL that wants to hear of something. No receiver at hand? The built-in Inbox is
            one: it takes what arrives and checks the signature.
          </p>
          <div className="flex flex-wrap gap-2">
            {action("/endpoints/new", "Create an endpoint", whyNot("endpoints:write"))}
            <LinkButton href={href("/inbox")}>Use the Inbox</LinkButton>
          </div>
        </Step>
        <Step number={2} title="Create an API key" done={done[1] === true} current={current === 1}>
          <p>Your backend sends events with it. It is shown once, and works in {environment.kind} only.</p>
          {action("/api-keys", "Create an API key", whyNot("api_keys:write"))}
        </Step>
        <Step number={3} title="Send an event" done={done[2] === true} current={current === 2}>
          <p>
            Put the key into <code className="font-mono text-xs">SIGNPOST_API_KEY</code> and run this. The
            event shows up here by itself.
          </p>
          <CodeBlock code={request.code} className="w-full" />
        </Step>
      </ol>
    </Card>
  );
}
