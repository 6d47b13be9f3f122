"use client";
// Owns what all tabs of an endpoint's page share: name, state, what can be done, the tabs themselves.

import { Pause, Play, Send } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import { LoadFailure } from "@/components/list/load-failure";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { isNotFound } from "@/lib/client/problem-error";
import { useViewer } from "@/lib/client/viewer-context";
import { visibleText } from "@/lib/client/visible-text";
import type { Permission } from "@/lib/domain/access/permissions";
import { type EndpointDecision, EndpointDialogs } from "../endpoint-dialogs";
import { EndpointStatePill } from "../endpoint-state-pill";
import { TestDialog } from "../test/test-dialog";
import { useEndpoint, useLiveEndpoints, useWasDeleted } from "./use-endpoint";

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

export function EndpointFrame({ id, children }: { id: string; children: ReactNode }) {
  const { href, can } = useViewer();
  const pathname = usePathname();
  const [decision, setDecision] = useState<EndpointDecision | "test" | null>(null);
  const query = useEndpoint(id);
  const wasDeleted = useWasDeleted(id);
  useLiveEndpoints();
  const endpoint = query.data;
  const base = href(`/endpoints/${id}`);
  // Also over what is shown: somebody may have deleted it meanwhile, in another window.
  if (wasDeleted || isNotFound(query.error)) return <NotThere />;
  if (query.isError && endpoint === undefined) {
    return (
      <LoadFailure
        title="The endpoint could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      >
        Deliveries go on.
      </LoadFailure>
    );
  }
  const title = endpoint && visibleText(endpoint.description || endpoint.url);
  // The log has the whole window, as everywhere; on a phone an opened delivery has it for itself.
  const isLog = pathname === `${base}${LOG_PATH}`;
  return (
    <div
      data-full-bleed={isLog ? "" : undefined}
      className={isLog ? "group/log flex flex-col" : "mx-auto grid max-w-[80rem] grid-cols-1 gap-6"}
    >
      <PageHeader
        className={
          isLog
            ? "mx-auto w-full max-w-[83rem] shrink-0 px-4 pt-4 max-lg:group-has-data-shows-delivery/log:hidden sm:px-6 sm:pt-6"
            : undefined
        }
        breadcrumb={
          <Breadcrumb crumbs={[{ label: "Endpoints", href: href("/endpoints") }, { label: title ?? "…" }]} />
        }
        title={
          title === undefined ? (
            <Skeleton className="h-6 w-72" />
          ) : endpoint?.description ? (
            title
          ) : (
            <span className="font-mono text-lg">{title}</span>
          )
        }
        status={endpoint && <EndpointStatePill endpoint={endpoint} />}
        description={
          endpoint && (
            <span className="inline-flex max-w-full items-center gap-1">
              <span className="min-w-0 font-mono text-xs wrap-anywhere">
                {visibleText(endpoint.description ? endpoint.url : endpoint.id)}
              </span>
              <CopyButton
                value={endpoint.description ? endpoint.url : endpoint.id}
                label={endpoint.description ? "Copy URL" : "Copy endpoint id"}
              />
            </span>
          )
        }
        actions={
          endpoint &&
          can("endpoints:write") && (
            <>
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
            </>
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
      {endpoint && (
        <>
          <EndpointDialogs
            endpoint={endpoint}
            decision={decision === "test" ? null : decision}
            onClose={() => setDecision(null)}
          />
          <TestDialog endpoint={endpoint} open={decision === "test"} onOpenChange={() => setDecision(null)} />
        </>
      )}
    </div>
  );
}
