// Owns which cron slots are due. It remembers the last slot it gave per trigger, so emptying the engine's tables
// makes nothing fire twice in a process; across processes the table's unique slots decide.
import type { EngineFunction } from "@/inngest/embedded/function-config";

export type DueSlot = { functionId: string; expression: string; at: Date };

export type CronSchedule = {
  /** Slots that came due since the last call: the newest of each trigger, older missed ones are skipped. */
  takeDue(nowMs: number): DueSlot[];
  /** The next slot after `nowMs`, Unix ms; undefined without cron triggers. */
  next(nowMs: number): number | undefined;
};

/** Slots this long before the start still fire, so that work left by a crash does not wait for the next slot. */
const CATCH_UP_MS = 60_000;

/** A schedule over all cron triggers of `functions`, for a process that starts at `startMs`. */
export function createCronSchedule(functions: readonly EngineFunction[], startMs: number): CronSchedule {
  const triggers = functions.flatMap((fn) =>
    fn.crons.map((cron) => ({ functionId: fn.id, ...cron, last: startMs - CATCH_UP_MS })),
  );
  return {
    takeDue(nowMs) {
      return triggers.flatMap((trigger) => {
        // The millisecond makes a slot that is exactly now count as due.
        const at = trigger.schedule.previousRuns(1, new Date(nowMs + 1))[0];
        if (at === undefined || at.getTime() <= trigger.last) return [];
        trigger.last = at.getTime();
        return [{ functionId: trigger.functionId, expression: trigger.expression, at }];
      });
    },
    next(nowMs) {
      const times = triggers.flatMap((trigger) => trigger.schedule.nextRun(new Date(nowMs))?.getTime() ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}
