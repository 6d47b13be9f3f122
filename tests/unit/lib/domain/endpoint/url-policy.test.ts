import { describe, expect, it } from "vitest";
import { type OutboundPolicy, parseAllowedTargets } from "@/lib/domain/endpoint/allowed-targets";
import { checkEndpointUrl, type UrlRefusalCode } from "@/lib/domain/endpoint/url-policy";

function policyOf(list = "", rest: Partial<OutboundPolicy> = {}): OutboundPolicy {
  const { cidrs, hosts, errors } = parseAllowedTargets(list);
  expect(errors).toEqual([]);
  return { allowHttp: false, allowedCidrs: cidrs, allowedHosts: hosts, selfInbox: null, ...rest };
}

function codeOf(url: string, policy = policyOf()): UrlRefusalCode | "allowed" {
  const verdict = checkEndpointUrl(url, policy);
  return verdict.outcome === "allowed" ? "allowed" : verdict.code;
}

function normalOf(url: string, policy = policyOf()): string | null {
  const verdict = checkEndpointUrl(url, policy);
  return verdict.outcome === "allowed" ? verdict.url : null;
}

describe("endpoint URLs", () => {
  it.each<[UrlRefusalCode, string]>([
    ["url_invalid", ""],
    ["url_invalid", "example.com/hook"],
    ["url_invalid", "https://"],
    ["url_invalid", "https://exa mple.com/"],
    ["url_invalid", "https://example.com/\u0000"],
    ["url_invalid", "https://exam\tple.com/"],
    ["url_invalid", " https://example.com/"],
    ["url_invalid", "https:\\\\example.com\\hook"],
    ["url_invalid", "https://example.com\\@127.0.0.1/"],
    ["url_invalid", "https://[::1%25lo]/"],
    ["url_invalid", "https://example.com..:443/"],
    ["url_invalid", "https://ex!ample.com/"],
    ["url_invalid", `https://${"a".repeat(64)}.example.com/`],
    ["url_invalid", "https://example.com:99999/"],
    ["scheme_not_allowed", "http://example.com/"],
    ["scheme_not_allowed", "ftp://example.com/"],
    ["scheme_not_allowed", "file:///etc/passwd"],
    ["scheme_not_allowed", "javascript:alert(1)"],
    ["scheme_not_allowed", "data:text/plain,hi"],
    ["scheme_not_allowed", "gopher://example.com/"],
    ["userinfo_not_allowed", "https://user:secret@example.com/"],
    ["userinfo_not_allowed", "https://example.com@127.0.0.1/"],
    ["userinfo_not_allowed", "https://@example.com/"],
    ["fragment_not_allowed", "https://example.com/#part"],
    ["fragment_not_allowed", "https://example.com/#"],
    ["host_not_allowed", "https://localhost/"],
    ["host_not_allowed", "https://LOCALHOST./"],
    ["host_not_allowed", "https://app.localhost/"],
    ["host_not_allowed", "https://metadata.google.internal/"],
    ["host_not_allowed", "https://printer.local/"],
    ["host_not_allowed", "https://router.home.arpa/"],
    ["address_not_allowed", "https://169.254.169.254/latest/meta-data/"],
    ["address_not_allowed", "https://[::ffff:127.0.0.1]/"],
    ["url_too_long", `https://example.com/${"x".repeat(2048)}`],
  ])("S-27 refuses with %s: %j", (code, url) => {
    expect(codeOf(url)).toBe(code);
  });

  it.each([
    ["https://EXAMPLE.com/Hook?a=1", "https://example.com/Hook?a=1"],
    ["https://example.com.:443", "https://example.com/"],
    ["https://bücher.example/", "https://xn--bcher-kva.example/"],
    ["https://example.com/a/../b", "https://example.com/b"],
    ["https://134744072/", "https://8.8.8.8/"],
    ["https://[2606:4700:0:0:0:0:0:1111]:8443/", "https://[2606:4700::1111]:8443/"],
    ["https://my_host.example.com/@path", "https://my_host.example.com/@path"],
  ])("S-27 stores %j as %j", (url, normal) => {
    expect(normalOf(url)).toBe(normal);
    expect(normalOf(normal)).toBe(normal);
  });

  it("a URL of exactly 2,048 characters is allowed", () => {
    const base = "https://example.com/";
    expect(codeOf(base + "x".repeat(2048 - base.length))).toBe("allowed");
    expect(codeOf(base + "x".repeat(2049 - base.length))).toBe("url_too_long");
  });

  it.each<[number, UrlRefusalCode | "allowed"]>([
    [0, "port_not_allowed"],
    [22, "port_not_allowed"],
    [25, "port_not_allowed"],
    [80, "allowed"],
    [443, "allowed"],
    [1023, "port_not_allowed"],
    [1024, "allowed"],
    [6379, "allowed"],
    [65535, "allowed"],
  ])("S-23 port %i: %s", (port, expected) => {
    expect(codeOf(`https://example.com:${port}/`)).toBe(expected);
  });

  it("S-23 an allow-listed host may use any port but 0", () => {
    const policy = policyOf("mail.example.com");
    expect(codeOf("https://mail.example.com:25/", policy)).toBe("allowed");
    expect(codeOf("https://mail.example.com:0/", policy)).toBe("port_not_allowed");
    expect(codeOf("https://other.example.com:25/", policy)).toBe("port_not_allowed");
  });

  it("S-08 refuses a single label unless it is allow-listed", () => {
    expect(codeOf("https://db/")).toBe("host_not_allowed");
    expect(codeOf("http://db:5432/", policyOf("db"))).toBe("allowed");
    expect(codeOf("https://db./", policyOf("db"))).toBe("allowed");
    expect(codeOf("https://db2/", policyOf("db"))).toBe("host_not_allowed");
  });

  it("S-24 without any setting, compose services, bridges and this host are refused", () => {
    for (const host of [
      "postgres",
      "inngest",
      "redis",
      "host.docker.internal",
      "172.17.0.1",
      "172.18.0.1",
      "127.0.0.1",
      "0.0.0.0",
      "[::1]",
    ]) {
      expect([host, codeOf(`https://${host}/`) === "allowed"]).toEqual([host, false]);
    }
  });

  it("S-18 a listed wildcard opens the names below it, and nothing beside it", () => {
    const policy = policyOf("*.svc.internal");
    expect(codeOf("http://api.svc.internal:81/", policy)).toBe("allowed");
    expect(codeOf("http://a.b.svc.internal./", policy)).toBe("allowed");
    expect(codeOf("http://svc.internal/", policy)).toBe("host_not_allowed");
    expect(codeOf("http://evilsvc.internal/", policy)).toBe("host_not_allowed");
  });

  it("plain http needs the setting or an allow-listed target", () => {
    expect(codeOf("http://example.com/", policyOf("", { allowHttp: true }))).toBe("allowed");
    expect(codeOf("http://127.0.0.1:8080/", policyOf("127.0.0.0/8"))).toBe("allowed");
    expect(codeOf("http://10.0.0.1/", policyOf("", { allowHttp: true }))).toBe("address_not_allowed");
  });

  it("localhost follows the allow-listed loopback addresses", () => {
    expect(codeOf("http://localhost:4000/", policyOf("127.0.0.0/8"))).toBe("allowed");
    expect(codeOf("http://localhost:4000/", policyOf("10.0.0.0/8"))).toBe("host_not_allowed");
    expect(codeOf("http://app.localhost:4000/", policyOf("127.0.0.0/8"))).toBe("host_not_allowed");
  });

  it("S-18 an allowed block opens that block only", () => {
    const policy = policyOf("10.1.2.0/24");
    expect(codeOf("https://10.1.2.255/", policy)).toBe("allowed");
    expect(codeOf("https://10.1.3.0/", policy)).toBe("address_not_allowed");
    expect(codeOf("https://[::ffff:10.1.2.1]/", policy)).toBe("address_not_allowed");
    expect(codeOf("https://192.168.0.1/", policy)).toBe("address_not_allowed");
  });

  it("S-18 link-local and metadata addresses need an entry of their own", () => {
    const wide = policyOf("0.0.0.0/0,::/0,169.254.0.0/16,169.254.169.252/30");
    for (const host of [
      "169.254.169.254",
      "169.254.1.1",
      "100.100.100.200",
      "168.63.129.16",
      "[fe80::1]",
      "[fd00:ec2::254]",
    ]) {
      expect([host, codeOf(`https://${host}/`, wide)]).toEqual([host, "address_not_allowed"]);
    }
    expect(codeOf("https://10.0.0.1/", wide)).toBe("allowed");
    expect(codeOf("http://169.254.169.254/", policyOf("169.254.169.254"))).toBe("allowed");
    expect(codeOf("http://[fe80::1]/", policyOf("fe80::1/128"))).toBe("allowed");
  });

  it("S-18 an allowed NAT64 prefix does not open the private IPv4 addresses behind it", () => {
    const policy = policyOf("64:ff9b::/96");
    expect(codeOf("https://[64:ff9b::8.8.8.8]/", policy)).toBe("allowed");
    expect(codeOf("https://[64:ff9b::10.0.0.1]/", policy)).toBe("address_not_allowed");
    expect(codeOf("https://[64:ff9b::169.254.169.254]/", policy)).toBe("address_not_allowed");
  });

  it("names the rule and the value in every refusal", () => {
    const verdict = checkEndpointUrl("https://10.1.2.3/", policyOf());
    expect(verdict).toMatchObject({ message: "The address is not allowed: 10.1.2.3 is a private address." });
  });

  describe("our own origin", () => {
    const policy = policyOf("127.0.0.0/8", {
      selfInbox: { origin: "https://hooks.example.com", address: "127.0.0.1", port: 3000 },
    });

    it("admits inbox addresses and plans them on the local port", () => {
      expect(checkEndpointUrl("https://hooks.example.com/inbox/abc_DEF-1", policy)).toMatchObject({
        outcome: "allowed",
        selfInbox: true,
        port: 3000,
        secure: false,
      });
    });

    it.each([
      "/",
      "/api/v1/events",
      "/inbox",
      "/inbox/",
      "/inbox/../api/v1/events",
      "/inbox/%2e%2e/api",
      "/inbox/..%2fapi",
      "/inbox/a%5cb",
      "/inboxes/a",
      "//inbox/a",
    ])("refuses %s", (path) => {
      expect(codeOf(`https://hooks.example.com${path}`, policy)).toBe("own_origin_not_allowed");
    });

    it("admits an inbox on a local http origin without any other permission", () => {
      const local = policyOf("", {
        selfInbox: { origin: "http://localhost:3000", address: "127.0.0.1", port: 3000 },
      });
      expect(codeOf("http://localhost:3000/inbox/token", local)).toBe("allowed");
      expect(codeOf("http://localhost:3000/login", local)).toBe("own_origin_not_allowed");
      expect(codeOf("http://localhost:3001/inbox/token", local)).toBe("host_not_allowed");
    });
  });
});

describe("allowed targets", () => {
  it("reads blocks, addresses and hosts", () => {
    const { cidrs, hosts, errors } = parseAllowedTargets(
      " 127.0.0.0/8, DB.internal. ,fd00::/8,[::1],10.0.0.7,, a_b ",
    );
    expect(cidrs.map((entry) => entry.text)).toEqual(["127.0.0.0/8", "fd00::/8", "::1/128", "10.0.0.7/32"]);
    expect(hosts).toEqual(["db.internal", "a_b"]);
    expect(errors).toEqual([]);
  });

  it.each([
    ["10.0.0.0/33", "0 to 32"],
    ["::/129", "0 to 128"],
    ["10.0.0.1/8", "did you mean 10.0.0.0/8"],
    ["10.0.0.0/", "prefix length"],
    ["10.0.0", "neither"],
    ["0x7f.1", "neither"],
    ["http://db", "neither"],
    ["db:5432", "neither"],
    ["*.10.0.0.1", "neither"],
    ["db.*.internal", "neither"],
    ["*", "neither"],
  ])("says what is wrong with %s", (entry, words) => {
    const { cidrs, hosts, errors } = parseAllowedTargets(`127.0.0.1,${entry}`);
    expect(cidrs).toHaveLength(1);
    expect(hosts).toEqual([]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(words);
    expect(errors[0]).toContain(entry);
  });
});
