"use client";
// Gallery: a composed page, to judge primitives in company. Shell, list, detail, in every list state.

import { Inbox, ListChecks, Menu, RotateCw, Search, Send, Settings, Webhook } from "lucide-react";
import { useRouter } from "next/navigation";
import { Wordmark } from "@/components/brand/wordmark";
import type { DataTableColumn } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import { NoMatches, NothingYet } from "@/components/ui/empty-state";
import { EnvironmentBand } from "@/components/ui/environment-band";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { KeyValueList } from "@/components/ui/key-value-list";
import { NativeSelect } from "@/components/ui/native-select";
import { PageHeader } from "@/components/ui/page-header";
import { ScrollArea } from "@/components/ui/scroll-area";
import { StatusPill } from "@/components/ui/status-pill";
import { Timestamp } from "@/components/ui/timestamp";
import { SAMPLE_ROWS, type SampleRow } from "./sample-rows";

const COLUMNS: DataTableColumn<SampleRow>[] = [
  {
    id: "state",
    header: "State",
    card: "meta",
    className: "w-32",
    skeleton: "w-20",
    cell: (row) => (
      <StatusPill tone={row.tone} variant="plain" live={row.tone === "progress"}>
        {row.state}
      </StatusPill>
    ),
  },
  {
    id: "type",
    header: "Event type",
    card: "title",
    skeleton: "w-28",
    cell: (row) => <span className="font-mono text-xs">{row.type}</span>,
  },
  { id: "endpoint", header: "Endpoint", card: "line", skeleton: "w-40", cell: (row) => row.endpoint },
  {
    id: "status",
    header: "Status",
    card: "line",
    align: "end",
    className: "w-20",
    skeleton: "w-8",
    cell: (row) => <span className="tabular">{row.status ?? "–"}</span>,
  },
  {
    id: "attempts",
    header: "Attempts",
    card: "hidden",
    align: "end",
    className: "w-24",
    skeleton: "w-4",
    cell: (row) => <span className="tabular">{row.attempts}</span>,
  },
  {
    id: "latency",
    header: "Latency",
    card: "line",
    align: "end",
    className: "w-24",
    skeleton: "w-12",
    cell: (row) => <span className="tabular">{row.latencyMs === null ? "–" : `${row.latencyMs} ms`}</span>,
  },
  {
    id: "time",
    header: "Time",
    card: "line",
    align: "end",
    className: "w-32",
    skeleton: "w-16",
    cell: (row) => <Timestamp value={row.at} mode="local" focusable={false} className="text-muted" />,
  },
];

const NAVIGATION = [
  { name: "Endpoints", icon: <Webhook /> },
  { name: "Deliveries", icon: <Send /> },
  { name: "Events", icon: <ListChecks /> },
  { name: "Inbox", icon: <Inbox /> },
  { name: "Settings", icon: <Settings /> },
];

interface SampleListProps {
  selectedId: string | null;
  state: string;
  isSandbox: boolean;
}

export function SampleList({ selectedId, state, isSandbox }: SampleListProps) {
  const router = useRouter();
  const selected = SAMPLE_ROWS.find((row) => row.id === selectedId);
  const rows = state === "loading" ? undefined : state === "rows" ? SAMPLE_ROWS : [];
  return (
    <div className="flex h-dvh flex-col">
      {isSandbox && (
        <EnvironmentBand name="Sandbox" action={<a href="/_design?view=list">Switch to live</a>}>
          Nothing here reaches production endpoints.
        </EnvironmentBand>
      )}
      <div className="flex min-h-0 flex-1">
        <nav
          aria-label="Main"
          className="hidden w-56 shrink-0 flex-col gap-1 border-r bg-surface p-3 md:flex"
        >
          <Wordmark className="mb-3 px-2 pt-1" />
          {NAVIGATION.map((item) => (
            <a
              key={item.name}
              href="/_design?view=list"
              aria-current={item.name === "Deliveries" ? "page" : undefined}
              className={cn(
                "flex h-8 items-center gap-2.5 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-ink [&_svg]:size-4",
                "aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-ink",
              )}
            >
              {item.icon}
              {item.name}
            </a>
          ))}
        </nav>
        <main id="main" className="flex min-w-0 flex-1 flex-col">
          <div className="flex h-12 shrink-0 items-center gap-2 border-b px-4 md:hidden">
            <IconButton label="Open navigation">
              <Menu />
            </IconButton>
            <Wordmark />
          </div>
          <div className="grid gap-4 px-4 pt-5 pb-4 sm:px-6">
            <PageHeader
              title="Deliveries"
              status={
                <StatusPill tone="success" live>
                  Live
                </StatusPill>
              }
              actions={<Button icon={<RotateCw />}>Replay failed</Button>}
            />
            <div className="flex gap-2">
              <Input aria-label="Search" leading={<Search />} placeholder="Id, subject or URL" />
              <NativeSelect aria-label="State" className="w-40 shrink-0">
                <option>All states</option>
              </NativeSelect>
            </div>
          </div>
          <div className="flex min-h-0 flex-1 border-t">
            <ScrollArea label="List" className="min-w-0 flex-1 bg-surface">
              <DataTable
                label="Deliveries"
                columns={COLUMNS}
                rows={rows}
                getRowId={(row) => row.id}
                getRowHref={(row) => `/_design?view=list&selected=${row.id}`}
                onSelect={(row) => router.replace(`/_design?view=list&selected=${row.id}`, { scroll: false })}
                selectedId={selectedId}
                arrivedIds={new Set(["dlv_0"])}
                empty={
                  state === "none" ? (
                    <NoMatches what="deliveries" action={<Button size="sm">Clear filters</Button>} />
                  ) : (
                    <NothingYet
                      icon={<Send />}
                      title="No deliveries yet"
                      action={<Button variant="primary">Send a test event</Button>}
                    >
                      Each event that an endpoint subscribes to makes one delivery here.
                    </NothingYet>
                  )
                }
              />
            </ScrollArea>
            {selected && <Detail row={selected} />}
          </div>
        </main>
      </div>
    </div>
  );
}

function Detail({ row }: { row: SampleRow }) {
  return (
    <ScrollArea label="Detail" className="hidden w-[30rem] shrink-0 border-l bg-canvas lg:block">
      <div className="grid gap-5 p-5">
        <div className="flex items-center justify-between gap-3">
          <h2 className="font-mono font-semibold text-sm">{row.type}</h2>
          <StatusPill tone={row.tone}>{row.state}</StatusPill>
        </div>
        <KeyValueList
          items={[
            { key: "Delivery", value: "dlv_01ja8x7k3mfq6s9v2t4w5y6z7b", mono: true },
            { key: "Endpoint", value: row.endpoint },
            { key: "Time", value: <Timestamp value={row.at} mode="utc" /> },
            {
              key: "Answer",
              value: (
                <Badge tone={row.tone} mono>
                  {row.status ?? "none"}
                </Badge>
              ),
            },
          ]}
        />
        <CodeBlock title="Request body" code={'{\n  "id": "ord_81",\n  "amount": 4200\n}'} />
        <CodeBlock
          title="Response body"
          code="upstream connect error or disconnect/reset before headers"
          wrap
        />
      </div>
    </ScrollArea>
  );
}
