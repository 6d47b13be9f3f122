// Owns a small real name server (UDP) whose names say how it answers, so that the guard is tested with real resolution.
// The label before `.rb.test` decides; labels further left make names unique.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";

type DnsRecords = Readonly<
  Record<string, { a?: readonly string[]; aaaa?: readonly string[]; cname?: string }>
>;

export type DnsServer = {
  /** For `createResolver({ servers })`. */
  server: string;
  /** Every question, in the order of arrival. */
  queries: { name: string; type: "A" | "AAAA" }[];
  close(): Promise<void>;
};

const TYPE = { 1: "A", 28: "AAAA" } as const;
const RCODE = { ok: 0, servfail: 2, nxdomain: 3, refused: 5 } as const;

type Answer = { rcode: number; cname: string | null; addresses: string[]; delayMs: number };
type Question = { id: number; name: string; type: keyof typeof TYPE; raw: Buffer };

function encodeName(name: string): Buffer {
  const labels = name
    .split(".")
    .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function decodeQuestion(packet: Buffer): Question | null {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length !== 0; length = packet[at] ?? 0) {
    labels.push(packet.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = packet.readUInt16BE(at + 1);
  if (type !== 1 && type !== 28) return null;
  return {
    id: packet.readUInt16BE(0),
    name: labels.join(".").toLowerCase(),
    type,
    raw: packet.subarray(12, at + 5),
  };
}

function record(owner: Buffer, type: number, ttl: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, fixed, data]);
}

function encodeAnswer(question: Question, answer: Answer, ttl: number): Buffer {
  const records: Buffer[] = [];
  let owner = encodeName(question.name);
  if (answer.cname !== null) {
    records.push(record(owner, 5, ttl, encodeName(answer.cname)));
    owner = encodeName(answer.cname);
  }
  for (const text of answer.addresses) {
    const bytes = parseAddress(text);
    if (bytes) records.push(record(owner, question.type, ttl, Buffer.from(bytes)));
  }
  const header = Buffer.alloc(12);
  header.writeUInt16BE(question.id, 0);
  header.writeUInt16BE(0x8580 | answer.rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, question.raw, ...records]);
}

function dashed(text: string): string {
  const bytes = parseAddress(text.replaceAll("-", "."));
  return bytes ? formatAddress(bytes) : text;
}

function plain(addresses: readonly string[], type: number): Answer {
  const wanted = addresses.filter((address) => address.includes(":") === (type === 28));
  return { rcode: RCODE.ok, cname: null, addresses: wanted, delayMs: 0 };
}

const FAILURES: Record<string, number> = {
  servfail: RCODE.servfail,
  nxdomain: RCODE.nxdomain,
  refused: RCODE.refused,
};

/**
 * Names: `is-1-2-3-4`, `flip-<a>-to-<b>` (the first question gets a, later ones b), `toggle-<a>-and-<b>` (in turns),
 * `both-<a>-and-<b>`, `slow<ms>-<a>`, `cname-<a>`, `noaaaa-<a>` (AAAA is never answered), `dead` (never answered),
 * `servfail`, `nxdomain`, `refused`, `empty`.
 */
function decide(question: Question, asked: number, records: DnsRecords): Answer | null {
  const fixed = records[question.name];
  if (fixed)
    return {
      ...plain([...(fixed.a ?? []), ...(fixed.aaaa ?? [])], question.type),
      cname: fixed.cname ?? null,
    };
  const label =
    question.name
      .replace(/\.rb\.test$/, "")
      .split(".")
      .at(-1) ?? "";
  const failure = FAILURES[label];
  if (failure !== undefined) return { rcode: failure, cname: null, addresses: [], delayMs: 0 };
  if (label === "dead") return null;
  if (label === "empty") return plain([], question.type);
  const two = /^(flip|toggle|both)-([\d-]+?)-(?:to|and)-([\d-]+)$/.exec(label);
  if (two) {
    const [first, second] = [dashed(two[2] ?? ""), dashed(two[3] ?? "")];
    if (two[1] === "both") return plain([first, second], question.type);
    const useFirst = two[1] === "flip" ? asked === 1 : asked % 2 === 1;
    return plain([useFirst ? first : second], question.type);
  }
  const one = /^(is|cname|noaaaa|slow(\d+))-([\d-]+)$/.exec(label);
  if (!one) return { rcode: RCODE.nxdomain, cname: null, addresses: [], delayMs: 0 };
  if (one[1] === "noaaaa" && question.type === 28) return null;
  const answer = plain([dashed(one[3] ?? "")], question.type);
  return { ...answer, cname: one[1] === "cname" ? "target.rb.test" : null, delayMs: Number(one[2] ?? 0) };
}

/** Starts a name server on a free UDP port of 127.0.0.1. `ttl` is in seconds; zero keeps clients from caching. */
export async function startDns(options: { records?: DnsRecords; ttl?: number } = {}): Promise<DnsServer> {
  const socket = createSocket("udp4");
  const queries: DnsServer["queries"] = [];
  const timers = new Set<NodeJS.Timeout>();
  socket.on("message", (packet, peer) => {
    const question = decodeQuestion(packet);
    if (!question) return;
    queries.push({ name: question.name, type: TYPE[question.type] });
    const asked = queries.filter(
      (query) => query.name === question.name && query.type === TYPE[question.type],
    ).length;
    const answer = decide(question, asked, options.records ?? {});
    if (!answer) return;
    const send = () => socket.send(encodeAnswer(question, answer, options.ttl ?? 0), peer.port, peer.address);
    if (answer.delayMs === 0) send();
    else {
      const timer = setTimeout(() => {
        timers.delete(timer);
        send();
      }, answer.delayMs);
      timers.add(timer);
    }
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    server: `127.0.0.1:${socket.address().port}`,
    queries,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      socket.close();
      await once(socket, "close");
    },
  };
}
