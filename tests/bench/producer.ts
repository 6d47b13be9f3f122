// A producer in a process of its own. Two jobs over IPC: `reference` measures R, signed 1 KB POSTs as fast as undici
// sends them; `events` posts events to the ingest API at a fixed rate, whatever the answers do (open loop).
import { createHmac, randomBytes } from "node:crypto";
import { Pool } from "undici";

export type ReferenceJob = { kind: "reference"; origin: string; seconds: number };
export type EventsJob = {
  kind: "events";
  origin: string;
  key: string;
  type: string;
  rate: number;
  seconds: number;
};

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const DATA = `{"text":"${"x".repeat(940)}"}`;

async function reference({ origin, seconds }: ReferenceJob): Promise<{ count: number; seconds: number }> {
  const pool = new Pool(origin, { connections: 64, pipelining: 1 });
  const key = randomBytes(32);
  const body = Buffer.from(`{"type":"bench.case","timestamp":"2026-01-01T00:00:00.000Z","data":${DATA}}`);
  const started = nowMs();
  const until = started + seconds * 1000;
  let count = 0;
  const worker = async () => {
    while (nowMs() < until) {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac("sha256", key).update(`ref.${timestamp}.`).update(body).digest("base64");
      const response = await pool.request({
        path: "/",
        method: "POST",
        headers: {
          "content-type": "application/json",
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${signature}`,
        },
        body,
      });
      await response.body.dump();
      count++;
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  const took = (nowMs() - started) / 1000;
  await pool.close();
  return { count, seconds: took };
}

type Acks = { ids: string[]; sentAt: number[]; ackedAt: number[]; refused: number };

async function events({ origin, key, type, rate, seconds }: EventsJob): Promise<Acks> {
  const pool = new Pool(origin, { connections: 128, pipelining: 1 });
  const acks: Acks = { ids: [], sentAt: [], ackedAt: [], refused: 0 };
  const body = `{"type":"${type}","data":${DATA}}`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const open = new Set<Promise<void>>();
  const post = async () => {
    const sentAt = nowMs();
    const response = await pool.request({ path: "/api/v1/events", method: "POST", headers, body });
    const ackedAt = nowMs();
    const answer = await response.body.text();
    if (response.statusCode !== 202) {
      acks.refused++;
      return;
    }
    acks.ids.push(answer.slice(7, answer.indexOf('"', 7)));
    acks.sentAt.push(sentAt);
    acks.ackedAt.push(ackedAt);
  };
  const started = nowMs();
  const total = rate * seconds;
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((nowMs() - started) / 1000) * rate) + 1);
    for (; sent < due; sent++) {
      const running = post()
        .catch(() => {
          acks.refused++;
        })
        .finally(() => open.delete(running));
      open.add(running);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(open);
  await pool.close();
  return acks;
}

process.on("message", (job: ReferenceJob | EventsJob) => {
  const work = job.kind === "reference" ? reference(job) : events(job);
  work.then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
