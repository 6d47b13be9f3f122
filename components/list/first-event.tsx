"use client";
// Owns what an empty log says: what will be here, the first step for those who may take it, and a request to try.

import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { NothingYet } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { firstRequest } from "@/lib/client/api-keys/first-request";
import { useViewer } from "@/lib/client/viewer-context";

interface FirstEventProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  /** Instead of making an API key, where something else comes first. */
  action?: ReactNode;
}

export function FirstEvent({ icon, title, children, action }: FirstEventProps) {
  const { href, can } = useViewer();
  const request = firstRequest(typeof window === "undefined" ? "" : window.location.origin, ["events:write"]);
  const createKey = can("api_keys:write") && (
    <LinkButton href={href("/api-keys")}>Create an API key</LinkButton>
  );
  return (
    <div className="grid grid-cols-1 justify-items-center pb-10">
      <NothingYet icon={icon} title={title} className="pb-6" action={action ?? createKey}>
        {children}
      </NothingYet>
      <div className="w-full max-w-2xl px-4 text-left">
        <CodeBlock title={request.title} code={request.code} copyLabel="Copy the command" />
      </div>
    </div>
  );
}
