// Owns reading the system's hosts file, which c-ares does not consult. Gives addresses; judges none of them.
import { readFile, stat } from "node:fs/promises";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";

/** How long a look at the file's date is believed, in milliseconds. */
const RECHECK_MS = 5_000;

type HostsFile = { lookup(host: string): Promise<readonly string[]> };

/** Host names (lower case) and their addresses, in the format of hosts(5). Malformed lines are skipped, as the system does. */
function parseHosts(text: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [addressText = "", ...hosts] = (line.split("#", 1)[0] ?? "").trim().split(/\s+/);
    const address = parseAddress(addressText);
    if (!address) continue;
    for (const host of hosts) {
      const key = host.toLowerCase().replace(/\.$/, "");
      const list = names.get(key) ?? [];
      if (!list.includes(formatAddress(address))) list.push(formatAddress(address));
      names.set(key, list);
    }
  }
  return names;
}

/** A view of the hosts file that follows changes within five seconds. A missing or unreadable file has no entries. */
export function openHostsFile(path: string, clock: () => number): HostsFile {
  let names = new Map<string, string[]>();
  let version = "";
  let checkedAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    if (clock() - checkedAt < RECHECK_MS) return;
    checkedAt = clock();
    try {
      const { mtimeMs, size } = await stat(path);
      const found = `${mtimeMs}:${size}`;
      if (found === version) return;
      names = parseHosts(await readFile(path, "utf8"));
      version = found;
    } catch {
      names = new Map();
      version = "";
    }
  }

  return {
    async lookup(host) {
      await refresh();
      return names.get(host) ?? [];
    },
  };
}
