// Owns turning a host name into all of its addresses, with c-ares and without the system's thread pool: names whose
// servers never answer would otherwise stall every file and DNS operation of the process. Judges no address.
import { promises as dns } from "node:dns";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";
import { openHostsFile } from "./hosts-file";

export type Resolution =
  | { outcome: "resolved"; addresses: readonly string[] }
  | { outcome: "failed"; reason: "not_found" | "timeout" | "unavailable" };

/** All addresses of a name; never throws. */
export type OutboundResolver = { resolve(host: string): Promise<Resolution>; close(): void };

export type ResolverOptions = {
  /** Name servers as `address` or `address:port`; the system's when left out. */
  servers?: readonly string[];
  /** Milliseconds for the first try. */
  timeoutMs?: number;
  tries?: number;
  hostsFile?: string;
  /** Milliseconds since an arbitrary point that never goes backwards. */
  clock?: () => number;
};

/** Upper bound for believing an answer, in milliseconds, whatever its TTL says. */
const MAX_TTL_MS = 30_000;
const MAX_ENTRIES = 5_000;
/** How long the other address family may take once one has answered; many servers drop AAAA questions. */
const SECOND_FAMILY_GRACE_MS = 500;

type Answer = { addresses: string[]; ttlMs: number; code: string | null };

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "EUNKNOWN";
}

async function ask(records: Promise<{ address: string; ttl: number }[]>): Promise<Answer> {
  try {
    const found = await records;
    const addresses: string[] = [];
    for (const { address } of found) {
      const bytes = parseAddress(address);
      // An answer that we cannot read must not disappear: the guard refuses a name with a text it does not understand.
      addresses.push(bytes ? formatAddress(bytes) : address);
    }
    const ttl = found.length === 0 ? 0 : Math.min(...found.map((record) => record.ttl));
    return { addresses, ttlMs: Math.min(ttl * 1000, MAX_TTL_MS), code: null };
  } catch (error) {
    return { addresses: [], ttlMs: 0, code: codeOf(error) };
  }
}

function failed(code: string): Resolution {
  if (code === "ENOTFOUND" || code === "ENODATA" || code === "ENONAME")
    return { outcome: "failed", reason: "not_found" };
  if (code === "ETIMEOUT" || code === "ECANCELLED") return { outcome: "failed", reason: "timeout" };
  return { outcome: "failed", reason: "unavailable" };
}

/** Both answers, or the first one that has addresses when the other family does not answer in time. */
async function bothFamilies(v4: Promise<Answer>, v6: Promise<Answer>): Promise<Answer[]> {
  let timer: NodeJS.Timeout | undefined;
  const grace = (only: Promise<Answer>): Promise<Answer[]> =>
    only.then((answer) =>
      answer.addresses.length === 0
        ? Promise.all([v4, v6])
        : new Promise<Answer[]>((resolve) => {
            timer ??= setTimeout(() => resolve([answer]), SECOND_FAMILY_GRACE_MS);
          }),
    );
  try {
    return await Promise.race([Promise.all([v4, v6]), grace(v4), grace(v6)]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A resolver with its own c-ares channel, deadline and small cache. Names are asked as absolute names, so no search
 * domain applies; entries of the hosts file win over DNS, as they do for the system.
 */
export function createResolver(options: ResolverOptions = {}): OutboundResolver {
  const clock = options.clock ?? (() => performance.now());
  // c-ares shortens the first try to a multiple of the usual latency (250 ms at least) and doubles it for each further
  // one: four tries give a slow authoritative server its time, and the connect deadline bounds the whole.
  const channel = new dns.Resolver({ timeout: options.timeoutMs ?? 1_000, tries: options.tries ?? 4 });
  if (options.servers) channel.setServers(options.servers);
  const hosts = openHostsFile(options.hostsFile ?? "/etc/hosts", clock);
  const cache = new Map<string, { addresses: readonly string[]; until: number }>();
  const pending = new Map<string, Promise<Resolution>>();

  function remember(host: string, addresses: readonly string[], ttlMs: number): void {
    cache.delete(host);
    if (ttlMs <= 0) return;
    if (cache.size >= MAX_ENTRIES) {
      const oldest = cache.keys().next();
      if (!oldest.done) cache.delete(oldest.value);
    }
    cache.set(host, { addresses, until: clock() + ttlMs });
  }

  async function query(host: string): Promise<Resolution> {
    const local = await hosts.lookup(host);
    if (local.length > 0) return { outcome: "resolved", addresses: local };
    const absolute = `${host}.`;
    const answers = await bothFamilies(
      ask(channel.resolve4(absolute, { ttl: true })),
      ask(channel.resolve6(absolute, { ttl: true })),
    );
    const addresses = [...new Set(answers.flatMap((answer) => answer.addresses))];
    if (addresses.length > 0) {
      const ttls = answers.filter((answer) => answer.addresses.length > 0).map((answer) => answer.ttlMs);
      remember(host, addresses, Math.min(...ttls));
      return { outcome: "resolved", addresses };
    }
    const codes = answers.map((answer) => answer.code ?? "ENODATA");
    return failed(codes.find((code) => code !== "ENODATA" && code !== "ENOTFOUND") ?? codes[0] ?? "ENODATA");
  }

  return {
    async resolve(host) {
      const known = cache.get(host);
      if (known && known.until > clock()) return { outcome: "resolved", addresses: known.addresses };
      const running = pending.get(host);
      if (running) return running;
      const started = query(host).finally(() => pending.delete(host));
      pending.set(host, started);
      return started;
    },
    close() {
      channel.cancel();
      cache.clear();
    },
  };
}
