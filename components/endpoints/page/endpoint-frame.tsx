"use client";
// Owns what all tabs of an endpoint's page share: name, state, what can be done, the tabs themselves.

import { Pause, Play, Send } from "lucide-react";
import { usePathname } from "next/navigation";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type ReactNode, useState } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { isNotFound } from "@/lib/client/problem-error";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { Permission } from "@/lib/domain/access/permissions";
import { type EndpointDecision, EndpointDialogs } from "../endpoint-dialogs";
import { EndpointStatePill } from "../endpoint-state-pill";
import { TestDialog } from "../test/test-dialog";
import { type InitialEndpoint, useEndpoint, useLiveEndpoints, useWasDeleted } from "./use-endpoint";

const LOG_PATH = "/deliveries";

const TABS: { path: string; label: string; permission?: Permission }[] = [
  { path: "", label: "Overview" },
  { path: LOG_PATH, label: "Deliveries" },
  { path: "/settings", label: "Settings", permission: "endpoints:write" },
  { path: "/secret", label: "Secret" },
  { path: "/activity", label: "Activity" },
];

function NotThere() {
  const { href } = useViewer();
  return (
    <ErrorState
      title="There is no such endpoint here"
      action={<LinkButton href={href("/endpoints")}>All endpoints</LinkButton>}
    >
      It was deleted, or it belongs to the other environment.
    </ErrorState>
  );
}

interface EndpointFrameProps {
  id: string;
  initial: InitialEndpoint;
  children: ReactNode;
}

export function EndpointFrame({ id, initial, children }: EndpointFrameProps) {
  const { href, can } = useViewer();
  const pathname = usePathname();
  // An alert's link asks for the decision at once.
  const [asked, setAsked] = useQueryState("decide", parseAsStringLiteral(["enable"]));
  const [chosen, setChosen] = useState<EndpointDecision | "test" | null>(null);
  const query = useEndpoint(id, initial);
  const wasDeleted = useWasDeleted(id);
  useLiveEndpoints();
  const endpoint = query.data;
  // Also over what is shown: somebody may have deleted it meanwhile, in another window.
  if (endpoint === undefined || wasDeleted || isNotFound(query.error)) return <NotThere />;
  const base = href(`/endpoints/${id}`);
  const mayEnable = endpoint.state !== "active" && can("endpoints:write");
  const decision = chosen ?? (mayEnable ? asked : null);
  const setDecision = (next: typeof chosen) => {
    if (asked !== null) void setAsked(null);
    setChosen(next);
  };
  // The log scrolls by itself; on phones it gets as much room as can be had, an opened delivery all of it.
  const isLog = pathname === `${base}${LOG_PATH}`;
  const title = visibleText(endpoint.description || endpoint.url);
  const address = endpoint.description ? endpoint.url : endpoint.id;
  return (
    <div
      className={cn(
        "mx-auto max-w-[80rem]",
        isLog ? "group/log flex h-full flex-col gap-4 sm:gap-6" : "grid grid-cols-1 gap-6",
      )}
    >
      <PageHeader
        className={isLog ? "shrink-0 max-lg:group-has-data-shows-delivery/log:hidden" : undefined}
        breadcrumb={
          <Breadcrumb crumbs={[{ label: "Endpoints", href: href("/endpoints") }, { label: title }]} />
        }
        title={
          <span
            className={cn(!endpoint.description && "font-mono text-lg", isLog && "max-sm:line-clamp-1")}
            title={title}
          >
            {title}
          </span>
        }
        status={<EndpointStatePill endpoint={endpoint} />}
        description={
          <span className={cn("inline-flex max-w-full items-center gap-1", isLog && "max-sm:hidden")}>
            <span className="min-w-0 font-mono text-xs wrap-anywhere">{visibleText(address)}</span>
            <CopyButton value={address} label={endpoint.description ? "Copy URL" : "Copy endpoint id"} />
          </span>
        }
        actions={
          can("endpoints:write") && (
            <div className={cn("flex flex-wrap gap-2", isLog && "max-sm:hidden")}>
              {endpoint.state === "active" ? (
                <Button icon={<Pause />} onClick={() => setDecision("pause")}>
                  Pause
                </Button>
              ) : (
                <Button icon={<Play />} onClick={() => setDecision("enable")}>
                  Enable
                </Button>
              )}
              <Button variant="primary" icon={<Send />} onClick={() => setDecision("test")}>
                Send test event
              </Button>
            </div>
          )
        }
        tabs={
          <LinkTabs
            label="Endpoint"
            tabs={TABS.filter((tab) => !tab.permission || can(tab.permission)).map((tab) => ({
              href: base + tab.path,
              label: tab.label,
              isCurrent: pathname === base + tab.path,
            }))}
          />
        }
      />
      {children}
      <EndpointDialogs
        endpoint={endpoint}
        decision={decision === "test" ? null : decision}
        onClose={() => setDecision(null)}
      />
      <TestDialog endpoint={endpoint} open={decision === "test"} onOpenChange={() => setDecision(null)} />
    </div>
  );
}
