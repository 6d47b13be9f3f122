// Owns the question whether the egress proxy can be reached at all, for `signpost doctor`. Asks it for no tunnel.
import type { EgressProxy } from "@/lib/domain/egress/proxy-url";
import { secureContextOf } from "./client-identity";
import type { LocalAddresses } from "./connect-tcp";
import { createResolver } from "./resolve";
import { connectToProxy } from "./tunnel";

const TIMEOUT_MS = 5_000;

/** Opens a connection to the proxy (with TLS, where it is an https proxy) and closes it. Throws an `OutboundFailure` in words. */
export async function checkProxy(
  proxy: EgressProxy,
  local: LocalAddresses,
  caCertificates?: readonly string[],
): Promise<void> {
  const resolver = createResolver();
  try {
    const route = { proxy, resolver, secureContext: secureContextOf(caCertificates) };
    const socket = await connectToProxy(route, local, AbortSignal.timeout(TIMEOUT_MS));
    socket.destroy();
  } finally {
    resolver.close();
  }
}
