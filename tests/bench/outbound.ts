// Measures `send` against a bare undici Pool: signed 1 KB POSTs, 64 at once, to a raw socket sink in another process.
// Run: npx tsx tests/bench/outbound.ts [seconds]. The ratio is the figure; the absolute numbers belong to the machine.
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { Pool } from "undici";
import { parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createOutbound } from "@/lib/server/outbound/send";

const SINK = `
const net = require("node:net");
const answer = Buffer.from("HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\ncontent-type: text/plain\\r\\n\\r\\nok");
const server = net.createServer((socket) => {
  socket.setNoDelay(true);
  let need = -1, seen = 0, head = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    if (need < 0) {
      head += chunk.toString("latin1");
      const end = head.indexOf("\\r\\n\\r\\n");
      if (end < 0) return;
      need = end + 4 + Number(/content-length: (\\d+)/i.exec(head)[1]);
      seen = head.length;
    } else seen += chunk.length;
    if (seen >= need) { need = -1; seen = 0; head = ""; socket.write(answer); }
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

const AT_ONCE = 64;
const seconds = Number(process.argv[2] ?? 3);
const key = Buffer.alloc(32, 7);
const body = Buffer.from(JSON.stringify({ type: "order.paid", data: { text: "x".repeat(980) } }));

function sign(id: string): [string, string][] {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  return [
    ["content-type", "application/json"],
    ["user-agent", "Signpost"],
    ["webhook-id", id],
    ["webhook-timestamp", timestamp],
    ["webhook-signature", `v1,${signature}`],
  ];
}

async function measure(
  post: (headers: [string, string][]) => Promise<number>,
): Promise<{ rate: number; cpuUs: number }> {
  let done = 0;
  let stop = false;
  const worker = async (name: number) => {
    for (let i = 0; !stop; i++) {
      if ((await post(sign(`evt_${name}_${i}`))) !== 200) throw new Error("the sink answered something else");
      done++;
    }
  };
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const timer = setTimeout(() => {
    stop = true;
  }, seconds * 1000);
  await Promise.all(Array.from({ length: AT_ONCE }, (_, name) => worker(name)));
  clearTimeout(timer);
  const used = process.cpuUsage(cpu);
  return { rate: done / ((performance.now() - startedAt) / 1000), cpuUs: (used.user + used.system) / done };
}

const sink = spawn(process.execPath, ["-e", SINK], { stdio: ["ignore", "pipe", "inherit"] });
const [portLine] = await once(sink.stdout, "data");
const origin = `http://127.0.0.1:${Number(String(portLine))}`;

const pool = new Pool(origin, { connections: AT_ONCE, pipelining: 1 });
const outbound = createOutbound({
  policy: {
    allowHttp: false,
    allowedCidrs: parseAllowedTargets("127.0.0.0/8").cidrs,
    allowedHosts: [],
    selfInbox: null,
  },
});
const bare = async (headers: [string, string][]) => {
  const answer = await pool.request({ path: "/hook", method: "POST", headers: headers.flat(), body });
  await answer.body.arrayBuffer();
  return answer.statusCode;
};
const guarded = async (headers: [string, string][]) => {
  const result = await outbound.send({ url: `${origin}/hook`, headers, body, timeoutMs: 15_000 });
  return result.outcome === "response" ? result.status : 0;
};

const ratios: number[] = [];
for (let round = 0; round < 3; round++) {
  const base = await measure(bare);
  const ours = await measure(guarded);
  ratios.push(ours.rate / base.rate);
  const line = (name: string, figure: { rate: number; cpuUs: number }) =>
    `${name} ${Math.round(figure.rate)}/s (${figure.cpuUs.toFixed(1)} us CPU)`;
  console.log(
    `${line("bare Pool", base)}  ${line("send", ours)}  ratio ${(ours.rate / base.rate).toFixed(2)}`,
  );
}
ratios.sort((a, b) => a - b);
console.log(`median ratio ${ratios[1]?.toFixed(2)}`);
outbound.close();
await pool.destroy();
sink.kill();
