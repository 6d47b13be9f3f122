// The settings of the way out: the operator's proxy, the addresses that sockets are bound to, and those that are published.
// Problems of the proxy never repeat its text, because it may hold a password.
import { z } from "zod";
import { type EgressProxy, parseEgressProxy } from "@/lib/domain/egress/proxy-url";
import {
  type LocalAddressPair,
  parseLocalAddresses,
  parseSourceAddresses,
  type SourceAddress,
} from "@/lib/domain/egress/source-addresses";

const proxy = z.string().transform((value, ctx): EgressProxy => {
  const verdict = parseEgressProxy(value);
  if (verdict.outcome === "accepted") return verdict.proxy;
  ctx.addIssue({ code: "custom", message: verdict.problem });
  return z.NEVER;
});

const localAddresses = z.string().transform((value, ctx): LocalAddressPair => {
  const parsed = parseLocalAddresses(value);
  if (!("problem" in parsed)) return parsed;
  ctx.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});

const sourceAddresses = z.string().transform((value, ctx): SourceAddress[] => {
  const parsed = parseSourceAddresses(value);
  if (!("problem" in parsed)) return parsed;
  ctx.addIssue({ code: "custom", message: parsed.problem });
  return z.NEVER;
});

/** The variables of the way out, for the schema of the environment. */
export const egressVariables = {
  SIGNPOST_EGRESS_PROXY: proxy.optional(),
  SIGNPOST_LOCAL_ADDRESS: localAddresses.optional(),
  SIGNPOST_SOURCE_ADDRESSES: sourceAddresses.default([]),
};

export type EgressSettings = {
  /** Everything but our own Inbox is reached through it; null = directly. */
  readonly proxy: EgressProxy | null;
  /** What outgoing sockets are bound to; null = the system chooses. */
  readonly local: LocalAddressPair | null;
  /** What receivers are told to let in; empty = nothing is promised. */
  readonly sourceAddresses: readonly SourceAddress[];
};

type EgressValues = z.output<z.ZodObject<typeof egressVariables>>;

/** The validated variables under the names that the rest of the program uses. */
export function egressSettings(values: EgressValues): EgressSettings {
  return {
    proxy: values.SIGNPOST_EGRESS_PROXY ?? null,
    local: values.SIGNPOST_LOCAL_ADDRESS ?? null,
    sourceAddresses: values.SIGNPOST_SOURCE_ADDRESSES,
  };
}
