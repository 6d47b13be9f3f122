// Owns quiet: at most one message to a reader about one kind within its window; what comes meanwhile is told together.
// Programs are no readers: a webhook gets each alert by itself.
import { ALERT_KINDS, type AlertKind, type ChannelVia, KIND_INFO } from "./kinds";

export type WaitingNotice = {
  id: string;
  via: ChannelVia;
  /** One reader. */
  destination: string;
  /** A kind of alert, or `test`. */
  kind: string;
};

/** One message about several notices: the first of `ids` carries it, the others are folded into it. */
export type Batch = { leadId: string; ids: string[] };

/** The key of one reader's window for one kind. */
export function windowKey(notice: Pick<WaitingNotice, "destination" | "kind">): string {
  return `${notice.kind} ${notice.destination}`;
}

/** Milliseconds between two messages of a kind to one reader. */
export function windowMs(kind: string): number {
  const known = (ALERT_KINDS as readonly string[]).includes(kind);
  return known ? KIND_INFO[kind as AlertKind].windowMinutes * 60_000 : 0;
}

/**
 * The messages that may be written now, oldest notice first. `lastMs` has, by `windowKey`, when the reader was last
 * written to about that kind.
 */
export function planBatches(
  waiting: readonly WaitingNotice[],
  lastMs: ReadonlyMap<string, number>,
  nowMs: number,
): Batch[] {
  const batches = new Map<string, Batch>();
  for (const notice of waiting) {
    const isAlone = notice.via === "webhook" || notice.kind === "test";
    const key = isAlone ? notice.id : windowKey(notice);
    const open = batches.get(key);
    if (open !== undefined) {
      open.ids.push(notice.id);
      continue;
    }
    const last = lastMs.get(windowKey(notice));
    if (!isAlone && last !== undefined && nowMs < last + windowMs(notice.kind)) continue;
    batches.set(key, { leadId: notice.id, ids: [notice.id] });
  }
  return [...batches.values()];
}
