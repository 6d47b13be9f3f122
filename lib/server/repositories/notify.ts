// Owns one PostgreSQL connection that listens and notifies, and opens it again whenever it is lost.
import { Client } from "pg";

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 10_000;

export type NotifyChannelOptions = {
  connectionString: string;
  /** A name of our own choice, never input: it becomes an identifier. */
  channel: string;
  onMessage: (payload: string) => void;
  /** Called each time the connection is listening; `isAgain` says that messages may have been missed. */
  onListening?: (isAgain: boolean) => void;
  onError: (error: unknown) => void;
};

export type NotifyChannel = {
  /** Sends a payload (under 8,000 bytes, PostgreSQL's limit); false when there is no connection right now. */
  notify(payload: string): Promise<boolean>;
  stop(): Promise<void>;
};

/** Starts listening; never throws, the first connection is retried like any other. */
export function openNotifyChannel(options: NotifyChannelOptions): NotifyChannel {
  const { connectionString, channel, onMessage, onListening, onError } = options;
  let client: Client | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let isStopped = false;
  let hasListened = false;

  const reconnectLater = (lost: Client) => {
    if (client === lost) client = null;
    // Without a listener, a late error of a discarded client would end the process.
    lost.removeAllListeners("notification");
    lost.end().catch(() => {});
    if (isStopped || retry !== undefined) return;
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, retryMs);
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  };

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString,
      application_name: "signpost-notify",
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    next.on("error", (error) => {
      onError(error);
      reconnectLater(next);
    });
    next.on("end", () => reconnectLater(next));
    next.on("notification", (message) => onMessage(message.payload ?? ""));
    try {
      await next.connect();
      await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      onError(error);
      reconnectLater(next);
      return;
    }
    if (isStopped) {
      await next.end().catch(() => {});
      return;
    }
    client = next;
    retryMs = FIRST_RETRY_MS;
    onListening?.(hasListened);
    hasListened = true;
  }

  const opening = connect();
  return {
    async notify(payload) {
      if (client === null) return false;
      try {
        await client.query("SELECT pg_notify($1, $2)", [channel, payload]);
        return true;
      } catch (error) {
        onError(error);
        return false;
      }
    },
    async stop() {
      isStopped = true;
      clearTimeout(retry);
      await opening;
      const open = client;
      client = null;
      await open?.end().catch(() => {});
    },
  };
}
