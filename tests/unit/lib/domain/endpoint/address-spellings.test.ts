import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";
import type { OutboundPolicy } from "@/lib/domain/endpoint/allowed-targets";
import { checkEndpointUrl } from "@/lib/domain/endpoint/url-policy";
import { forbiddenHosts, publicHosts } from "@/tests/support/receiver/address-arbitraries";

const POLICY: OutboundPolicy = { allowHttp: true, allowedCidrs: [], allowedHosts: [], selfInbox: null };

describe("spellings of addresses", () => {
  it("S-22 refuses 10,000 forbidden addresses in every spelling that the URL parser reads", () => {
    fc.assert(
      fc.property(forbiddenHosts, (host) => {
        const verdict = checkEndpointUrl(`https://${host}/hook`, POLICY);
        expect(verdict.outcome).toBe("refused");
      }),
      { numRuns: 10_000 },
    );
  });

  it("S-22 lets 10,000 public addresses pass", () => {
    fc.assert(
      fc.property(publicHosts, (host) => {
        const verdict = checkEndpointUrl(`https://${host}/hook`, POLICY);
        expect(verdict.outcome).toBe("allowed");
      }),
      { numRuns: 10_000 },
    );
  });

  it("reads back every address that it writes, and writes it as the URL parser does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const text = formatAddress(bytes);
        expect(parseAddress(text)).toEqual(bytes);
        expect(new URL(`https://[${text}]/`).hostname).toBe(`[${text}]`);
      }),
    );
  });
});
