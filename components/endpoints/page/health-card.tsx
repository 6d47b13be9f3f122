"use client";
// Owns how the endpoint is, by the rule that may disable it: since when it fails, how far that has come, what happens next.

import { useQuery } from "@tanstack/react-query";
import { LoadFailure } from "@/components/list/load-failure";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { countOf } from "@/lib/client/count-of";
import { formatDuration } from "@/lib/client/format-duration";
import { endpointQueries } from "@/lib/client/queries/endpoints";
import { useViewer } from "@/lib/client/viewer-context";
import type { EndpointHealthDto } from "@/lib/contracts/endpoint-health";
import type { EndpointDto } from "@/lib/contracts/endpoints";

const PILL = {
  well: { tone: "success", label: "Healthy" },
  failing: { tone: "warning", label: "Failing" },
  unknown: { tone: "neutral", label: "Nothing sent yet" },
} as const;

function WhatNext({ health, isActive }: { health: EndpointHealthDto; isActive: boolean }) {
  const rule = health.auto_disable;
  if (!isActive) return <p className="text-muted">Nothing is sent to it, so no clock runs.</p>;
  if (rule === null) return <p className="text-muted">It is never disabled by itself.</p>;
  if (health.nothing_gets_out) {
    return (
      <p className="text-muted">
        No receiver answers at the moment. The cause is likely on Signpost's side, so no clock runs.
      </p>
    );
  }
  const missing = rule.min_failures - health.failing_deliveries;
  return (
    <>
      <p className="text-pretty text-muted">
        {missing > 0 ? (
          <>
            Not before {countOf(rule.min_failures, "delivery fails", "deliveries fail")};{" "}
            {health.failing_deliveries} so far.
          </>
        ) : health.disables_at === null ? null : (
          <>
            It will be disabled on <Timestamp value={health.disables_at} mode="local" /> unless one delivery
            succeeds.
          </>
        )}
      </p>
      {health.next_warning !== null && missing <= 0 && (
        <p className="text-muted">
          The next warning goes out at {health.next_warning.percent} %:{" "}
          <Timestamp value={health.next_warning.at} mode="local" />.
        </p>
      )}
    </>
  );
}

function Failing({ health, isActive }: { health: EndpointHealthDto; isActive: boolean }) {
  const rule = health.auto_disable;
  const leftOut = health.left_out_seconds;
  return (
    <>
      <p className="text-ink">
        Failing for <span className="font-medium">{formatDuration(health.failing_seconds)}</span>
        {rule !== null && ` of ${formatDuration(rule.after_hours * 3600)}`}, since{" "}
        <Timestamp value={health.failing_since ?? ""} mode="local" />.
      </p>
      {rule !== null && isActive && (
        <Progress
          label="Time until it is disabled"
          value={health.percent ?? 0}
          tone={(health.percent ?? 0) >= 90 ? "danger" : "warning"}
        />
      )}
      <p className="text-muted">
        {countOf(health.failed_attempts, "attempt has", "attempts have")} failed in a row, of{" "}
        {health.failing_deliveries >= 1_000
          ? "1,000 deliveries or more"
          : countOf(health.failing_deliveries, "delivery", "deliveries")}
        .{leftOut > 0 && ` ${formatDuration(leftOut)} in which Signpost itself was away do not count.`}
      </p>
      <WhatNext health={health} isActive={isActive} />
    </>
  );
}

export function HealthCard({ endpoint }: { endpoint: EndpointDto }) {
  const { place } = useViewer();
  const query = useQuery(endpointQueries.health(place, endpoint.id));
  const health = query.data;
  if (health === undefined) {
    return (
      <Card>
        <CardHeader title="Health" />
        {query.isError ? (
          <LoadFailure
            title="The health could not be loaded"
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <CardBody>
            <Skeleton className="h-24 w-full" />
          </CardBody>
        )}
      </Card>
    );
  }
  const pill = PILL[health.status];
  const rule = health.auto_disable;
  return (
    <Card>
      <CardHeader title="Health" actions={<StatusPill tone={pill.tone}>{pill.label}</StatusPill>} />
      <CardBody className="grid gap-3 text-sm">
        {health.status === "failing" ? (
          <Failing health={health} isActive={endpoint.state === "active"} />
        ) : (
          <p className="text-pretty text-muted">
            {rule === null
              ? "It is never disabled by itself."
              : `Disabled by itself after ${formatDuration(rule.after_hours * 3600)} without one success and at least ${countOf(rule.min_failures, "failing delivery", "failing deliveries")}.`}
          </p>
        )}
        <KeyValueList
          items={[
            {
              key: "Last success",
              value: health.last_success_at ? <Timestamp value={health.last_success_at} /> : "None yet",
            },
            ...(health.certificate_expires_at
              ? [
                  {
                    key: "Certificate",
                    value: (
                      <>
                        ends <Timestamp value={health.certificate_expires_at} />
                      </>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </CardBody>
    </Card>
  );
}
