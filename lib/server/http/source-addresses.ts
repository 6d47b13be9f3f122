// Owns the answers about the addresses that requests come from: the same for everyone, without sign-in or key, because
// who asks is the person at the receiver's firewall.
import type { SourceAddressesDto } from "@/lib/contracts/source-addresses";
import { getRuntime } from "../runtime";
import { newRequestId, REQUEST_ID_HEADER } from "./request-id";

function publicAnswer(body: string, contentType: string): Response {
  return new Response(body, {
    headers: {
      "content-type": contentType,
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
      [REQUEST_ID_HEADER]: newRequestId(),
    },
  });
}

/** JSON for programs. */
export async function sourceAddressesJson(): Promise<Response> {
  const data = getRuntime().sourceAddresses.map(({ cidr, family }) => ({ cidr, family }));
  return publicAnswer(JSON.stringify({ data } satisfies SourceAddressesDto), "application/json");
}

/** One CIDR a line, nothing else, for scripts that feed a firewall; empty when nothing is promised. */
export async function sourceAddressesText(): Promise<Response> {
  const lines = getRuntime().sourceAddresses.map(({ cidr }) => `${cidr}\n`);
  return publicAnswer(lines.join(""), "text/plain; charset=utf-8");
}
