// Owns the in-process fan-out of "something changed" to the streams of one environment.
// Best effort by design: the browser reads the truth again, so a lost message costs nothing but a moment.
import type { StreamMessage } from "@/lib/contracts/deliveries";

export type Bus = {
  publish(environmentId: string, message: StreamMessage): void;
  /** Calls back for every message of the environment until the returned function is called. */
  subscribe(environmentId: string, listener: (message: StreamMessage) => void): () => void;
  /** Sees every message of every environment; the NOTIFY bridge uses it. */
  onPublish(listener: (environmentId: string, message: StreamMessage) => void): () => void;
  /** Hands in a message that came from another process: local streams only. */
  receive(environmentId: string, message: StreamMessage): void;
  /** Hands a message to every local stream, for when it is unknown what was missed. */
  receiveEverywhere(message: StreamMessage): void;
  /** Calls back once when this process stops, so that streams end instead of holding it. */
  onClose(listener: () => void): () => void;
  close(): void;
};

/** A bus of this process. */
export function createBus(): Bus {
  const byEnvironment = new Map<string, Set<(message: StreamMessage) => void>>();
  const taps = new Set<(environmentId: string, message: StreamMessage) => void>();
  const closers = new Set<() => void>();
  const receive = (environmentId: string, message: StreamMessage) => {
    for (const listener of byEnvironment.get(environmentId) ?? []) listener(message);
  };
  return {
    receive,
    publish(environmentId, message) {
      receive(environmentId, message);
      for (const tap of taps) tap(environmentId, message);
    },
    subscribe(environmentId, listener) {
      const listeners = byEnvironment.get(environmentId) ?? new Set();
      byEnvironment.set(environmentId, listeners);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) byEnvironment.delete(environmentId);
      };
    },
    onPublish(tap) {
      taps.add(tap);
      return () => taps.delete(tap);
    },
    receiveEverywhere(message) {
      for (const environmentId of [...byEnvironment.keys()]) receive(environmentId, message);
    },
    onClose(listener) {
      closers.add(listener);
      return () => closers.delete(listener);
    },
    close() {
      for (const listener of [...closers]) listener();
      closers.clear();
    },
  };
}
