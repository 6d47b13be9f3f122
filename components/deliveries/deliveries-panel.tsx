"use client";
// Owns the deliveries page: filters, moving list, detail beside it (or over it on narrow screens), keys. All of its state
// that means anything is in the address.

import { ArrowLeft, ArrowUp, Keyboard, RefreshCw, X } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { LogList } from "@/components/list/log-list";
import { useKey } from "@/components/list/use-key";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { ScrollArea } from "@/components/ui/scroll-area";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { useDeliveryFeed } from "@/lib/client/deliveries/use-delivery-feed";
import { errorText } from "@/lib/client/problem-error";
import {
  type DeliveryFilters,
  deliverySearchParams,
  hasDeliveryFilters,
  NO_DELIVERY_FILTERS,
} from "@/lib/client/search-params/deliveries";
import { useViewer } from "@/lib/client/viewer-context";
import { deliveryColumns } from "./columns";
import { DeliveryDetail } from "./delivery-detail";
import { DeliveryFilterChips, DeliveryFiltersBar } from "./delivery-filters";
import { NoDeliveriesHereYet, NoDeliveriesYet } from "./empty-states";
import { LiveIndicator } from "./live-indicator";
import { ShortcutsDialog } from "./shortcuts-dialog";

/** Scrolled less than this counts as being at the top. */
const TOP_PX = 24;

interface DeliveriesPanelProps {
  /** Shows the deliveries of one endpoint only, without the page's heading. */
  endpointId?: string;
  className?: string;
}

const WITH_ENDPOINT = deliveryColumns({ withEndpoint: true });
const WITHOUT_ENDPOINT = deliveryColumns({ withEndpoint: false });

/** Fills the height that it is given. */
export function DeliveriesPanel({ endpointId, className }: DeliveriesPanelProps) {
  const { place } = useViewer();
  const [{ selected, ...params }, setParams] = useQueryStates(deliverySearchParams, { history: "replace" });
  // On an endpoint's own page the endpoint is given: one in the address is no choice of anybody there.
  const choices: DeliveryFilters = endpointId === undefined ? params : { ...params, endpoint: null };
  const filters: DeliveryFilters = endpointId === undefined ? params : { ...params, endpoint: endpointId };
  const [isLive, setLive] = useState(true);
  const [isAtTop, setAtTop] = useState(true);
  const [showsKeys, setShowsKeys] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const feed = useDeliveryFeed(place, filters, { isLive, isAtTop });
  const { query, rows } = feed;

  const change = (patch: Partial<DeliveryFilters>) => void setParams(patch);
  // Opening is a step that "back" undoes; moving from row to row is not.
  const open = (id: string) =>
    void setParams({ selected: id }, { history: selected === null ? "push" : "replace" });
  const close = () => void setParams({ selected: null });
  const hrefOf = (id: string) => {
    const query = new URLSearchParams(typeof window === "undefined" ? "" : window.location.search);
    query.set("selected", id);
    return `?${query}`;
  };
  const refresh = () => {
    list.current?.scrollTo({ top: 0 });
    feed.refresh().catch((error: unknown) => toast.error(errorText(error)));
  };
  const step = (by: number) => {
    if (rows === undefined || rows.length === 0) return;
    const from = rows.findIndex((row) => row.id === selected);
    const next = rows[Math.min(rows.length - 1, Math.max(0, from + by))];
    if (next !== undefined) open(next.id);
  };
  useKey(["j", "k"], (key) => step(key === "j" ? 1 : -1));
  useKey(["/"], () => search.current?.focus());
  useKey(["?"], () => setShowsKeys(true));
  useKey(["Escape"], close, selected !== null);

  const controls = (
    <div className="ml-auto flex items-center gap-1">
      <LiveIndicator isLive={isLive} onToggle={() => setLive(!isLive)} />
      {!isLive && (
        <IconButton label="Refresh" size="sm" onClick={refresh}>
          <RefreshCw />
        </IconButton>
      )}
      <IconButton label="Keys" size="sm" className="pointer-coarse:hidden" onClick={() => setShowsKeys(true)}>
        <Keyboard />
      </IconButton>
    </div>
  );
  const bar = (
    <DeliveryFiltersBar
      filters={filters}
      onChange={change}
      withEndpoint={endpointId === undefined}
      searchRef={search}
    />
  );
  return (
    <div
      className={cn("flex h-full min-h-0 flex-col bg-surface", className)}
      data-shows-delivery={selected === null ? undefined : ""}
    >
      <header
        className={cn(
          "grid grid-cols-[minmax(0,1fr)] gap-2 border-b px-4 py-3",
          selected !== null && "max-lg:hidden",
        )}
      >
        {endpointId === undefined ? (
          <>
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <h1 className="font-semibold text-ink text-xl tracking-tight">Deliveries</h1>
              {controls}
            </div>
            {bar}
          </>
        ) : (
          <div className="flex flex-wrap-reverse items-center justify-between gap-x-4 gap-y-2">
            <h2 className="sr-only">Deliveries</h2>
            {bar}
            {controls}
          </div>
        )}
        <DeliveryFilterChips filters={choices} onChange={change} />
      </header>
      <div className="flex min-h-0 flex-1">
        <div className={cn("relative flex min-w-0 flex-1 flex-col", selected !== null && "max-lg:hidden")}>
          {feed.waiting !== null && (
            <Button
              size="sm"
              variant="primary"
              icon={<ArrowUp />}
              onClick={refresh}
              className="absolute top-10 left-1/2 z-20 -translate-x-1/2 rounded-full shadow-overlay"
            >
              {feed.waiting.count}
              {feed.waiting.isMore ? "+" : ""} new
            </Button>
          )}
          <VisuallyHidden role="status">
            {feed.waiting === null ? "" : `${feed.waiting.count} new deliveries above`}
          </VisuallyHidden>
          <ScrollArea
            label="List of deliveries"
            ref={list}
            className="min-h-0 flex-1"
            onScroll={(event) => setAtTop(event.currentTarget.scrollTop < TOP_PX)}
          >
            <LogList
              label="Deliveries"
              query={query}
              rows={rows}
              columns={endpointId === undefined ? WITH_ENDPOINT : WITHOUT_ENDPOINT}
              getRowHref={(row) => hrefOf(row.id)}
              onSelect={(row) => open(row.id)}
              selectedId={selected}
              arrivedIds={feed.arrivedIds}
              reassurance="Deliveries go on without this page."
              onClearFilters={hasDeliveryFilters(choices) ? () => change(NO_DELIVERY_FILTERS) : undefined}
              nothingYet={endpointId === undefined ? <NoDeliveriesYet /> : <NoDeliveriesHereYet />}
            />
          </ScrollArea>
        </div>
        {selected !== null && (
          <ScrollArea
            key={selected}
            label="Delivery"
            className="w-full bg-canvas lg:w-[54%] lg:max-w-4xl lg:border-l"
          >
            <DeliveryDetail
              id={selected}
              hrefOf={hrefOf}
              onOpen={open}
              leading={
                <IconButton label="Back to the list" size="sm" className="lg:hidden" onClick={close}>
                  <ArrowLeft />
                </IconButton>
              }
              trailing={
                <IconButton label="Close" size="sm" className="max-lg:hidden" onClick={close}>
                  <X />
                </IconButton>
              }
            />
          </ScrollArea>
        )}
      </div>
      <ShortcutsDialog open={showsKeys} onOpenChange={setShowsKeys} />
    </div>
  );
}
