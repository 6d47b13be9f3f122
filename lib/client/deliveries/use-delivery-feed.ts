"use client";
// Owns the moving list: at the top new rows come in by themselves; scrolled or paged it stands still, what is shown keeps
// its state up to date, and what is new is counted.

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { Page } from "@/lib/contracts/common";
import type { DeliveryDto } from "@/lib/contracts/deliveries";
import type { Place } from "../api";
import { useLiveChanges } from "../live/use-live-changes";
import { deliveryQueries, patchDeliveryRows, refreshDeliveryRows } from "../queries/deliveries";
import type { DeliveryFilters } from "../search-params/deliveries";

/** Under load the list is read at most this often, however many changes are announced. */
const MIN_INTERVAL_MS = 1_000;
/** Shown rows that are read again when "many" changed: those that can still change, newest first. */
const MAX_REREAD = 100;

const NONE: ReadonlySet<string> = new Set();

type Head = Page<DeliveryDto>;
type Waiting = { key: string; count: number; isMore: boolean };

export type FeedOptions = {
  /** False stops all movement until `refresh`. */
  isLive: boolean;
  /** True while the first row is in view. */
  isAtTop: boolean;
};

/** The list for the filters, with what has just arrived and what waits above. */
export function useDeliveryFeed(place: Place, filters: DeliveryFilters, { isLive, isAtTop }: FeedOptions) {
  const client = useQueryClient();
  const options = deliveryQueries.list(place, filters);
  const key = JSON.stringify(options.queryKey);
  const query = useInfiniteQuery(options);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data), [query.data]);
  const [arrivedIds, setArrivedIds] = useState(NONE);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const changed = useRef<{ ids: Set<string>; isMany: boolean }>({ ids: new Set(), isMany: false });
  const timing = useRef<{ last: number; timer: ReturnType<typeof setTimeout> | undefined; isBusy: boolean }>({
    last: 0,
    timer: undefined,
    isBusy: false,
  });

  // Answers arrive later than they are asked for: what is shown then is in the cache, not in this render.
  const shown = () => client.getQueryData(options.queryKey);
  const latestKey = useRef(key);
  useEffect(() => {
    latestKey.current = key;
  }, [key]);

  /** Replaces what is shown by the newest page. */
  const showHead = (head: Head) => {
    const previous = shown()?.pages.flatMap((page) => page.data) ?? [];
    const before = new Set(previous.map((row) => row.id));
    const oldest = previous.at(-1)?.id ?? "";
    changed.current = { ids: new Set(), isMany: false };
    client.setQueryData(options.queryKey, { pages: [head], pageParams: [null] });
    setWaiting(null);
    const fresh = head.data.filter((row) => !before.has(row.id) && row.id > oldest);
    if (before.size > 0 && fresh.length > 0) setArrivedIds(new Set(fresh.map((row) => row.id)));
  };

  /** Keeps what is shown, with fresh states, and counts what is newer. */
  const countAbove = async (head: Head) => {
    const now = shown()?.pages.flatMap((page) => page.data) ?? [];
    const newest = now[0]?.id ?? "";
    const newer = head.data.filter((row) => row.id > newest);
    const isMore = newer.length > 0 && newer.length === head.data.length && head.next_cursor !== null;
    setWaiting(newer.length === 0 ? null : { key, count: newer.length, isMore });
    patchDeliveryRows(client, place, head.data);
    const { ids, isMany } = changed.current;
    changed.current = { ids: new Set(), isMany: false };
    const covered = new Set(head.data.map((row) => row.id));
    const canMove = (row: DeliveryDto) => row.state === "pending" || row.state === "held";
    const stale = now.filter((row) => !covered.has(row.id) && (isMany ? canMove(row) : ids.has(row.id)));
    await refreshDeliveryRows(
      client,
      place,
      stale.slice(0, MAX_REREAD).map((row) => row.id),
    );
  };

  const follow = useEffectEvent(async () => {
    const { current } = timing;
    current.isBusy = true;
    try {
      const head = await deliveryQueries.head(place, filters);
      if (latestKey.current !== key) return;
      const isStill = !isAtTop || (shown()?.pages.length ?? 0) > 1;
      if (isStill) await countAbove(head);
      else showHead(head);
    } catch {
      // The next change tries again; the list itself shows the errors of its own reads.
    } finally {
      current.isBusy = false;
      current.last = Date.now();
      if (changed.current.isMany || changed.current.ids.size > 0) schedule();
    }
  });

  const schedule = useEffectEvent(() => {
    const { current } = timing;
    if (current.timer !== undefined || current.isBusy || !isLive) return;
    const delay = Math.max(0, current.last + MIN_INTERVAL_MS - Date.now());
    current.timer = setTimeout(() => {
      current.timer = undefined;
      void follow();
    }, delay);
  });

  useLiveChanges(
    place,
    (message) => {
      if (message.kind !== "deliveries") return;
      if (message.ids.length === 0) changed.current.isMany = true;
      for (const id of message.ids) changed.current.ids.add(id);
      schedule();
    },
    { enabled: isLive },
  );

  // Back at the top (or live again) with something missed: catch up.
  const catchUp = useEffectEvent(() => {
    if (waiting === null && !changed.current.isMany && changed.current.ids.size === 0) return;
    changed.current.isMany = true;
    schedule();
  });
  useEffect(() => {
    if (isLive && isAtTop) catchUp();
  }, [isLive, isAtTop]);
  useEffect(() => {
    const { current } = timing;
    return () => {
      clearTimeout(current.timer);
      current.timer = undefined;
    };
  }, []);

  return {
    query,
    rows,
    arrivedIds,
    waiting: waiting?.key === key ? waiting : null,
    /** Shows the newest page at once; rejects when it cannot be read. */
    refresh: async () => showHead(await deliveryQueries.head(place, filters)),
  };
}
