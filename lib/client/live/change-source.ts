// Owns the browser's end of the live stream: one EventSource for each environment, shared by all listeners, closed while
// the page is hidden (browsers allow few connections to one host) and opened again with backoff.
import type { StreamMessage } from "@/lib/contracts/deliveries";

export type LiveStatus = "connecting" | "connected" | "reconnecting";

const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 30_000;
/** Said after every gap: nobody knows what changed in between. */
const MISSED: readonly StreamMessage[] = [{ kind: "deliveries", ids: [] }, { kind: "endpoints" }];

type Listener = (message: StreamMessage) => void;

export type ChangeSource = {
  /** Calls back for every change until the returned function is called. */
  subscribe(listener: Listener): () => void;
  /** For `useSyncExternalStore`. */
  subscribeStatus(listener: () => void): () => void;
  status(): LiveStatus;
};

const sources = new Map<string, ChangeSource>();

/** The shared source of one stream address. */
export function changeSource(url: string): ChangeSource {
  const known = sources.get(url);
  if (known !== undefined) return known;
  const source = createChangeSource(url);
  sources.set(url, source);
  return source;
}

function createChangeSource(url: string): ChangeSource {
  const listeners = new Set<Listener>();
  const statusListeners = new Set<() => void>();
  let stream: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let status: LiveStatus = "connecting";
  let hasBeenOpen = false;

  const setStatus = (next: LiveStatus) => {
    if (status === next) return;
    status = next;
    for (const listener of statusListeners) listener();
  };
  const tell = (message: StreamMessage) => {
    for (const listener of listeners) listener(message);
  };
  const close = () => {
    clearTimeout(retry);
    retry = undefined;
    stream?.close();
    stream = null;
  };
  const open = () => {
    close();
    const next = new EventSource(url);
    stream = next;
    next.addEventListener("open", () => {
      retryMs = FIRST_RETRY_MS;
      setStatus("connected");
      if (hasBeenOpen) MISSED.forEach(tell);
      hasBeenOpen = true;
    });
    next.addEventListener("change", (event) => {
      const message = parseMessage((event as MessageEvent<string>).data);
      if (message !== null) tell(message);
    });
    next.addEventListener("error", () => {
      setStatus(hasBeenOpen ? "reconnecting" : "connecting");
      // The browser reconnects by itself unless the answer was a refusal: then it gives up, and we ask again later.
      if (next.readyState !== EventSource.CLOSED || stream !== next) return;
      close();
      retry = setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
    });
  };
  const onVisibility = () => {
    if (document.visibilityState === "hidden") close();
    else if (stream === null) open();
  };

  return {
    status: () => status,
    subscribeStatus(listener) {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        document.addEventListener("visibilitychange", onVisibility);
        if (document.visibilityState !== "hidden") open();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        document.removeEventListener("visibilitychange", onVisibility);
        close();
        setStatus("connecting");
      };
    },
  };
}

function parseMessage(text: string): StreamMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "kind" in value ? (value as StreamMessage) : null;
  } catch {
    return null;
  }
}
