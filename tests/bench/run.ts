// `npm run bench`: what this build does on this machine, as ratios to R taken in the same run. Product, database,
// producer and receiver share the cores. Prints a table; judges nothing but loss and duplicates.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { openCluster } from "@/bin/postgres/cluster";
import { findPostmaster } from "@/bin/postgres/postmaster";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createInstance } from "@/lib/server/create-instance";
import { applyMigrations } from "@/lib/server/db/migrate";
import { createOutbound } from "@/lib/server/outbound/send";
import { ask, cpuSeconds, memoryOfTree, startChild, startProduct } from "./child";
import { createBenchWorld } from "./world";

const mib = (value: number) => `${Math.round(value)} MiB`;
const ROOT = path.resolve(import.meta.dirname, "../..");
const RUNS = Number(process.argv.find((arg) => arg.startsWith("--runs="))?.slice(7) ?? 3);
const PORT = process.argv.find((arg) => arg.startsWith("--port="))?.slice(7) ?? "3999";
const P99_LIMIT_MS = 100;

type Arrivals = { ids: string[]; times: number[] };
type Acks = { ids: string[]; sentAt: number[]; ackedAt: number[]; refused: number };

const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const percentile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const log = (line: string) => console.error(`  ${line}`);

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "signpost-bench-"));
  const cluster = await openCluster({ dataDir: folder });
  await applyMigrations({
    connectionString: cluster.url(),
    dir: path.join(ROOT, "prisma/migrations"),
    log: () => undefined,
  });
  const keys = randomBytes(32);
  const { cidrs, hosts } = parseAllowedTargets("127.0.0.0/8");
  const instance = createInstance({
    connectionString: cluster.url(),
    encryptionKeys: [keys],
    publicUrl: `http://127.0.0.1:${PORT}`,
    logger: pino({ level: "silent" }),
    inlineAttempts: false,
    enqueueRetries: async () => undefined,
    mailer: null,
    outbound: createOutbound({
      policy: { allowHttp: true, allowedCidrs: cidrs, allowedHosts: hosts, selfInbox: null },
    }),
  });
  const product = await startProduct(
    ROOT,
    {
      PORT,
      DATABASE_URL: cluster.url(),
      SIGNPOST_DATA_DIR: path.join(folder, "data"),
      SIGNPOST_ENCRYPTION_KEY: keys.toString("base64"),
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      SIGNPOST_ALLOWED_TARGETS: "127.0.0.0/8",
      SIGNPOST_LOG_LEVEL: "warn",
    },
    process.argv.filter((arg) => arg === "--ingest-only"),
  );
  const sink = startChild("sink.ts");
  const { port } = await new Promise<{ port: number }>((resolve) => sink.once("message", resolve as never));
  const producer = startChild("producer.ts");
  const sinkOrigin = `http://127.0.0.1:${port}`;
  const world = await createBenchWorld(instance.ctx, sinkOrigin);
  const postmaster = await findPostmaster(path.join(folder, "postgres"));
  const memory = () => ({
    product: memoryOfTree(product.pid),
    database: postmaster ? memoryOfTree(postmaster.pid) : 0,
  });
  const cpu = () => ({
    product: cpuSeconds(product.pid),
    database: postmaster ? cpuSeconds(postmaster.pid, true) : 0,
  });
  /** The most that was seen under rates that were held. */
  const peak = { product: 0, database: 0 };
  let lost = 0;
  let duplicates = 0;

  async function arrivals(expected: number): Promise<Arrivals> {
    const until = Date.now() + 60_000;
    while ((await ask<{ count: number }>(sink, { count: true })).count < expected && Date.now() < until)
      await pause(100);
    return ask<Arrivals>(sink, { take: true });
  }

  /** Posts at a fixed rate; gives percentiles from each 202 to the arrival of its delivery (the last one of a fan-out). */
  async function openLoop(type: string, rate: number, seconds: number, fanOut: number) {
    const running = ask<Acks>(producer, {
      kind: "events",
      origin: product.origin,
      key: world.key,
      type,
      rate,
      seconds,
    });
    const most = { product: 0, database: 0 };
    const sampler = setInterval(() => {
      const now = memory();
      most.product = Math.max(most.product, now.product);
      most.database = Math.max(most.database, now.database);
    }, 500);
    const acks = await running;
    clearInterval(sampler);
    const got = await arrivals(acks.ids.length * fanOut);
    const lastArrival = new Map<string, number>();
    const seen = new Map<string, number>();
    got.ids.forEach((id, index) => {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      lastArrival.set(id, Math.max(lastArrival.get(id) ?? 0, got.times[index] ?? 0));
    });
    for (const id of acks.ids) lost += Math.max(0, fanOut - (seen.get(id) ?? 0));
    for (const count of seen.values()) duplicates += Math.max(0, count - fanOut);
    const latencies = acks.ids.map((id, index) =>
      Math.max(0, (lastArrival.get(id) ?? Number.NaN) - (acks.ackedAt[index] ?? 0)),
    );
    const ackLatencies = acks.ackedAt.map((at, index) => at - (acks.sentAt[index] ?? 0));
    return {
      rate: acks.ids.length / seconds,
      refused: acks.refused,
      most,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      ackP50: percentile(ackLatencies, 0.5),
      ackP99: percentile(ackLatencies, 0.99),
    };
  }

  /** The highest of some rates that is held for `seconds` with accepted→received p99 within the limit. */
  async function highest(type: string, rates: number[], seconds: number, fanOut: number) {
    let best: Awaited<ReturnType<typeof openLoop>> | null = null;
    for (const rate of rates) {
      const result = await openLoop(type, Math.round(rate), seconds, fanOut);
      const held = result.p99 <= P99_LIMIT_MS && result.refused === 0;
      log(
        `${Math.round(rate)} events/s × ${fanOut}: p50 ${result.p50.toFixed(2)} ms, p99 ${result.p99.toFixed(1)} ms, product ${mib(result.most.product)}${held ? "" : " (not held)"}`,
      );
      if (!held) break;
      best = result;
      peak.product = Math.max(peak.product, result.most.product);
      peak.database = Math.max(peak.database, result.most.database);
    }
    return best;
  }

  async function drain(count: number): Promise<number> {
    await world.fillBacklog(count);
    await ask(sink, { take: true });
    const before = cpu();
    await world.releaseBacklog();
    const got = await arrivals(count);
    const after = cpu();
    const each = (part: "product" | "database") => (((after[part] - before[part]) * 1e6) / count).toFixed(0);
    log(
      `drain: CPU for each delivery ${each("product")} us in the product, ${each("database")} us in the database`,
    );
    lost += count - new Set(got.ids).size;
    duplicates += got.ids.length - new Set(got.ids).size;
    const first = Math.min(...got.times.slice(0, 1));
    const last = got.times.reduce((max, time) => Math.max(max, time), 0);
    return got.ids.length / ((last - first) / 1000);
  }

  const reference = async () => {
    const { count, seconds } = await ask<{ count: number; seconds: number }>(producer, {
      kind: "reference",
      origin: sinkOrigin,
      seconds: 3,
    });
    return count / seconds;
  };

  const figures: Record<
    "r" | "e2e" | "e2eP99" | "fanOut" | "drain" | "p50" | "p99" | "ackP50" | "ackP99",
    number[]
  > = {
    r: [],
    e2e: [],
    e2eP99: [],
    fanOut: [],
    drain: [],
    p50: [],
    p99: [],
    ackP50: [],
    ackP99: [],
  };
  await openLoop("bench.single", 100, 3, 1);
  for (let run = 1; run <= RUNS; run++) {
    console.error(`run ${run} of ${RUNS}`);
    const r = await reference();
    await ask(sink, { take: true });
    log(`R = ${Math.round(r)} signed POSTs/s`);
    figures.r.push(r);
    const low = await openLoop("bench.single", 50, 8, 1);
    log(`50 events/s: accepted→received p50 ${low.p50.toFixed(2)} ms, p99 ${low.p99.toFixed(2)} ms`);
    figures.p50.push(low.p50);
    figures.p99.push(low.p99);
    figures.ackP50.push(low.ackP50);
    figures.ackP99.push(low.ackP99);
    const single = await highest(
      "bench.single",
      [0.03, 0.045, 0.06, 0.08, 0.1, 0.12, 0.14].map((share) => share * r),
      6,
      1,
    );
    figures.e2e.push((single?.rate ?? 0) / r);
    figures.e2eP99.push(single?.p99 ?? Number.NaN);
    const fan = await highest(
      "bench.fan",
      [0.006, 0.01, 0.015, 0.02, 0.027].map((share) => share * r),
      6,
      10,
    );
    figures.fanOut.push(((fan?.rate ?? 0) * 10) / r);
    const drained = await drain(30_000);
    log(`drain: ${Math.round(drained)} deliveries/s`);
    figures.drain.push(drained / r);
  }

  const r = median(figures.r);
  const row = (name: string, ratio: number, unit: string) =>
    console.log(
      `${name.padEnd(44)} ${ratio.toFixed(3).padStart(7)} R  ${String(Math.round(ratio * r)).padStart(7)} ${unit}`,
    );
  console.log(`\nmedians of ${RUNS} run(s); product, database, producer and receiver on the same machine`);
  console.log(
    `R: signed 1 KB POSTs, undici Pool, 64 at once     1.000 R  ${String(Math.round(r)).padStart(7)} /s`,
  );
  row("end to end, accepted→received p99 ≤ 100 ms", median(figures.e2e), "events/s");
  row("fan-out 1:10, p99 ≤ 100 ms", median(figures.fanOut), "deliveries/s");
  row("backlog drain", median(figures.drain), "deliveries/s");
  console.log(
    `accepted→received at 50/s          p50 ${median(figures.p50).toFixed(2)} ms  p99 ${median(figures.p99).toFixed(2)} ms`,
  );
  console.log(
    `ingest answer at 50/s              p50 ${median(figures.ackP50).toFixed(2)} ms  p99 ${median(figures.ackP99).toFixed(2)} ms`,
  );
  console.log(
    `memory under the rates that were held (PSS)  product ${mib(peak.product)}  database ${mib(peak.database)}`,
  );
  console.log(`lost ${lost}, duplicates ${duplicates}`);

  sink.disconnect();
  producer.disconnect();
  await product.stop();
  await instance.stop({ deadlineMs: 1_000 });
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(lost === 0 ? 0 : 1);
}

await main();
