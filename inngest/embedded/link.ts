// Owns the process-wide slot through which the Inngest client reaches the running embedded executor. It lives on
// globalThis because the launcher's bundle and Next's bundle each have their own copy of every module.

/** An event as the SDK posts it. */
export type IncomingEvent = {
  id?: string | undefined;
  name: string;
  data?: Record<string, unknown> | undefined;
  ts?: number | undefined;
  v?: string | undefined;
};

export type EngineLink = {
  /** Stores events and the runs they start, durably, before it resolves; gives the ids of the events. */
  insertEvents(events: readonly IncomingEvent[]): Promise<{ ids: string[] }>;
};

const SLOT = Symbol.for("signpost.engine");

type Holder = { [SLOT]?: EngineLink | undefined };

/** The executor of this process, or undefined before it started and after it stopped. */
export function currentEngineLink(): EngineLink | undefined {
  return (globalThis as Holder)[SLOT];
}

/** Makes `link` the executor of this process; undefined clears the slot. */
export function setEngineLink(link: EngineLink | undefined): void {
  (globalThis as Holder)[SLOT] = link;
}
