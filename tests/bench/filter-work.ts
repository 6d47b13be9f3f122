// Measures the dearest filters that we know: processor time of one evaluation, and how it ended (trust: at most 50 ms).
// `npx tsx tests/bench/filter-work.ts`; no database, nothing else should be running.
import { compileFilter } from "@/lib/domain/filter/compile";
import { filterEventOf } from "@/lib/domain/filter/event";
import { COSTLY_FILTERS } from "@/tests/support/costly-filters";

const TIMES = 3;

let worst = 0;
for (const [name, expression, data] of COSTLY_FILTERS) {
  const compiled = compileFilter(expression);
  if (!compiled.ok) throw new Error(`${name}: ${compiled.problems[0]?.message}`);
  const event = filterEventOf({
    id: "evt_1",
    type: "score.updated",
    tenant: null,
    subject: null,
    timestamp: new Date(0),
    attributes: null,
    environment: "live",
    data,
  });
  let least = Number.POSITIVE_INFINITY;
  let outcome = "";
  // The best of a few: what else the machine does must not count, what the filter does always counts.
  for (let run = 0; run < TIMES; run++) {
    const before = process.cpuUsage();
    const verdict = compiled.filter.matches(event);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    outcome = verdict.matched ? "matched" : verdict.reason;
  }
  worst = Math.max(worst, least);
  console.log(`${name.padEnd(40)} ${least.toFixed(1).padStart(6)} ms  ${outcome}`);
}
console.log(`worst: ${worst.toFixed(1)} ms`);
