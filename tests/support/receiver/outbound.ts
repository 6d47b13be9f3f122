// Owns the outbound module as tests use it: the product's own policy with an allow-list, never a way around the guard.
import { type OutboundPolicy, parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { createResolver, type ResolverOptions } from "@/lib/server/outbound/resolve";
import type { OutboundResult } from "@/lib/server/outbound/result";
import { createOutbound, type Outbound, type OutboundOptions } from "@/lib/server/outbound/send";

export type TestOutboundOptions = Partial<Omit<OutboundOptions, "policy" | "resolver">> & {
  /** The allow-list, as an operator writes it. */
  allow?: string;
  allowHttp?: boolean;
  selfInbox?: OutboundPolicy["selfInbox"];
  dns?: ResolverOptions;
};

/** A sender under the given allow-list; `127.0.0.0/8` when none is given. */
export function testOutbound(options: TestOutboundOptions = {}): Outbound {
  const { allow = "127.0.0.0/8", allowHttp = false, selfInbox = null, dns, ...rest } = options;
  const { cidrs, hosts, errors } = parseAllowedTargets(allow);
  if (errors.length > 0) throw new Error(errors.join("; "));
  return createOutbound({
    ...rest,
    policy: { allowHttp, allowedCidrs: cidrs, allowedHosts: hosts, selfInbox },
    ...(dns ? { resolver: createResolver(dns) } : {}),
  });
}

let counter = 0;

/** One signed-looking POST of `{}`. */
export function post(
  outbound: Outbound,
  url: string,
  options: {
    timeoutMs?: number;
    connectTimeoutMs?: number;
    body?: Uint8Array;
    headers?: [string, string][];
    id?: string;
  } = {},
): Promise<OutboundResult> {
  return outbound.send({
    url,
    headers: [
      ["content-type", "application/json"],
      ["webhook-id", options.id ?? `evt_${++counter}`],
      ...(options.headers ?? []),
    ],
    body: options.body ?? Buffer.from("{}"),
    timeoutMs: options.timeoutMs ?? 5_000,
    ...(options.connectTimeoutMs === undefined ? {} : { connectTimeoutMs: options.connectTimeoutMs }),
  });
}

/** A result in one word: the status, or the error class. */
export function verdictOf(result: OutboundResult): number | string {
  return result.outcome === "response" ? result.status : result.errorClass;
}
