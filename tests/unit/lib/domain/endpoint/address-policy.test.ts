import { describe, expect, it } from "vitest";
import { type AddressClass, classifyAddress } from "@/lib/domain/endpoint/address-policy";
import { formatAddress, parseAddress } from "@/lib/domain/endpoint/address-text";

function classOf(text: string): AddressClass {
  const address = parseAddress(text);
  if (!address) throw new Error(`${text} is not an address`);
  return classifyAddress(address);
}

const CLASSES: [AddressClass, string[]][] = [
  [
    "public",
    [
      "1.1.1.1",
      "8.8.8.8",
      "100.63.255.255",
      "100.128.0.0",
      "172.15.255.255",
      "172.32.0.0",
      "192.0.1.1",
      "198.17.255.255",
      "198.20.0.0",
      "223.255.255.255",
      "2606:4700::1111",
      "2a00:1450:4001:81b::200e",
      "2400::1",
    ],
  ],
  ["unspecified", ["0.0.0.0", "::"]],
  ["this_network", ["0.0.0.1", "0.255.255.255"]],
  ["loopback", ["127.0.0.1", "127.255.255.255", "::1"]],
  ["private", ["10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1"]],
  ["cgnat", ["100.64.0.1", "100.127.255.255"]],
  ["link_local", ["169.254.0.1", "169.254.255.255", "fe80::1", "febf::1"]],
  [
    "metadata",
    [
      "169.254.169.254",
      "169.254.170.2",
      "100.100.100.200",
      "168.63.129.16",
      "192.0.0.192",
      "fd00:ec2::254",
      "fd20:ce::254",
      "fe80::a9fe:a9fe",
    ],
  ],
  ["protocol_assignment", ["192.0.0.1", "2001:1::1", "2001:1ff::1"]],
  ["documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"]],
  ["benchmarking", ["198.18.0.1", "198.19.255.255", "2001:2::1"]],
  ["multicast", ["224.0.0.1", "239.255.255.255", "ff02::1"]],
  ["broadcast", ["255.255.255.255"]],
  ["reserved", ["240.0.0.1", "4000::1", "5f00::1", "100::1", "3ffe::1", "1::1"]],
  ["six_to_four", ["192.88.99.1", "2002:7f00:1::1", "2002:808:808::1"]],
  ["teredo", ["2001:0:4136:e378:8000:63bf:3fff:fdd2"]],
  ["orchid", ["2001:10::1", "2001:20::1"]],
  ["nat64", ["64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::a00:1"]],
  ["ipv4_mapped", ["::ffff:127.0.0.1", "::ffff:808:808"]],
  ["ipv4_compatible", ["::127.0.0.1", "::808:808"]],
  ["siit", ["::ffff:0:127.0.0.1"]],
  ["isatap", ["2606:4700::5efe:127.0.0.1", "2606:4700::200:5efe:10.0.0.1"]],
  ["unique_local", ["fc00::1", "fdff::1"]],
  ["site_local", ["fec0::1", "feff::1"]],
];

describe("address policy", () => {
  it.each(CLASSES)("S-22 puts addresses into the class %s", (kind, addresses) => {
    expect(addresses.map((address) => [address, classOf(address)])).toEqual(
      addresses.map((address) => [address, kind]),
    );
  });

  it.each([
    "",
    "1.2.3",
    "1.2.3.4.5",
    "256.1.1.1",
    "01.2.3.4",
    "1.2.3.4 ",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "::12345",
    "fe80::1%eth0",
    "g::",
    "1.2.3.4::",
    "::1.2.3",
  ])("S-27 reads no address out of %j", (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  it("writes IPv6 in the form of RFC 5952", () => {
    const canonical = (text: string) => formatAddress(parseAddress(text) ?? new Uint8Array(16));
    expect(canonical("2001:0DB8:0:0:1:0:0:1")).toBe("2001:db8::1:0:0:1");
    expect(canonical("2001:db8:0:1:1:1:1:1")).toBe("2001:db8:0:1:1:1:1:1");
    expect(canonical("0:0:0:0:0:0:0:0")).toBe("::");
    expect(canonical("::ffff:1.2.3.4")).toBe("::ffff:102:304");
  });
});
