// Owns group commit: single items in, few statements out. Bounded in queue length, group size and statements in flight.
import { AppError } from "@/lib/domain/errors";

export type GroupCommitOptions<T, R> = {
  /** Writes a group in one commit and gives one result for each item, in order. */
  write: (items: T[]) => Promise<R[]>;
  /** Most items in one group. */
  maxItems: number;
  /** How long the first item of a group waits for company. */
  lingerMs: number;
  /** Most groups being written at once. */
  maxInFlight: number;
  /** Most items waiting; beyond it `add` refuses. */
  maxQueued: number;
};

export type GroupCommit<T, R> = {
  /** Resolves with the item's own result once its group is committed. Throws `overloaded` when too many wait. */
  add(item: T): Promise<R>;
  queued(): number;
  /** Resolves when nothing waits and nothing is being written. */
  idle(): Promise<void>;
};

type Entry<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

/** A group committer; see `GroupCommitOptions` for its bounds. */
export function createGroupCommit<T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> {
  let queue: Entry<T, R>[] = [];
  let inFlight = 0;
  let timer: NodeJS.Timeout | null = null;
  let idleWaiters: (() => void)[] = [];

  function schedule(): void {
    if (queue.length === 0 || inFlight >= options.maxInFlight) return;
    if (queue.length >= options.maxItems) {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      flush();
      return;
    }
    timer ??= setTimeout(() => {
      timer = null;
      if (inFlight < options.maxInFlight) flush();
    }, options.lingerMs);
  }

  function flush(): void {
    const group = queue.slice(0, options.maxItems);
    queue = queue.slice(options.maxItems);
    if (group.length === 0) return;
    inFlight++;
    void writeGroup(group).finally(() => {
      inFlight--;
      schedule();
      if (inFlight === 0 && queue.length === 0) {
        for (const wake of idleWaiters) wake();
        idleWaiters = [];
      }
    });
  }

  async function writeGroup(group: Entry<T, R>[]): Promise<void> {
    try {
      const results = await options.write(group.map((entry) => entry.item));
      group.forEach((entry, index) => {
        entry.resolve(results[index] as R);
      });
    } catch (error) {
      for (const entry of group) entry.reject(error);
    }
  }

  return {
    add(item) {
      if (queue.length >= options.maxQueued) {
        return Promise.reject(
          new AppError("overloaded", "Too much is waiting to be written right now; try again shortly.", {
            retryAfterSeconds: 1,
          }),
        );
      }
      return new Promise<R>((resolve, reject) => {
        queue.push({ item, resolve, reject });
        schedule();
      });
    },
    queued: () => queue.length,
    idle() {
      if (inFlight === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => idleWaiters.push(resolve));
    },
  };
}
