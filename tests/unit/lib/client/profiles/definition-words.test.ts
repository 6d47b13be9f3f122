import { describe, expect, test } from "vitest";
import {
  failingWords,
  keyWords,
  rotationWords,
  signatureHeader,
  signatureTitle,
  signedParts,
  successWords,
  templateWords,
} from "@/lib/client/profiles/definition-words";
import { readableDefinition } from "@/lib/client/profiles/readable-definition";
import { builtInProfile } from "@/lib/domain/profile/built-in";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";

function of(slug: string) {
  const profile = builtInProfile(slug);
  if (profile === null) throw new Error(slug);
  return profileDefinitionSchema.parse(profile.definition);
}

const signed = (slug: string) =>
  signedParts(of(slug).signature)
    .map((part) => (part.kind === "text" ? part.text : `<${part.name}>`))
    .join("");

describe("a signature in words", () => {
  test.each([
    ["standard-webhooks", "Standard Webhooks, HMAC-SHA-256", "<id>.<timestamp>.<body>", "webhook-signature"],
    [
      "standard-webhooks-ed25519",
      "Standard Webhooks, Ed25519",
      "<id>.<timestamp>.<body>",
      "webhook-signature",
    ],
    ["svix", "Svix, HMAC-SHA-256", "<id>.<timestamp>.<body>", "svix-signature"],
    ["stripe", "HMAC-SHA-256 in hex", "<timestamp>.<body>", "Stripe-Signature"],
    ["github", "HMAC-SHA-256 in hex", "<body>", "X-Hub-Signature-256"],
    ["shopify", "HMAC-SHA-256 in base64", "<body>", "X-Shopify-Hmac-SHA256"],
    ["slack", "HMAC-SHA-256 in hex", "v0:<timestamp>:<body>", "X-Slack-Signature"],
  ])("%s", (slug, title, content, header) => {
    expect(signatureTitle(of(slug))).toBe(title);
    expect(signed(slug)).toBe(content);
    expect(signatureHeader(of(slug).signature)?.name).toBe(header);
  });

  test("an HTTP signature names its headers in order", () => {
    const { signature } = of("vizion");
    if (signature.kind !== "http_signature") throw new Error("another kind");
    expect(signed("vizion")).toBe(signature.headers.map((name) => `${name}: <${name}>`).join("\n"));
    expect(signatureHeader(signature)?.value).toContain(`headers="${signature.headers.join(" ")}"`);
  });

  test("a slot says where its value is sent", () => {
    const about = (slug: string, name: string) =>
      signedParts(of(slug).signature).flatMap((part) =>
        part.kind === "slot" && part.name === name ? [part.about] : [],
      )[0];
    expect(about("standard-webhooks", "id")).toContain("webhook-id");
    expect(about("svix", "timestamp")).toContain("svix-timestamp");
    expect(about("slack", "timestamp")).toContain("X-Slack-Request-Timestamp");
  });

  test("what does not sign says so", () => {
    const unsigned = { signature: { kind: "none" }, secret: { kind: "none" } } as const;
    expect(signatureTitle(unsigned)).toBe("Not signed");
    expect(signedParts(unsigned.signature)).toEqual([]);
    expect(signatureHeader(unsigned.signature)).toBeNull();
    expect(keyWords(unsigned)).toBe("No key");
  });

  test("the key and its rotation", () => {
    expect(keyWords(of("vizi"))).toContain("prefix included");
    expect(keyWords(of("svix"))).toContain("whsec_");
    expect(rotationWords(of("standard-webhooks"))).toMatch(/^Both secrets sign during an overlap, 24\sh/);
    expect(rotationWords(of("github"))).toContain("carries one signature");
  });
});

describe("the rest in words", () => {
  test.each([
    [["2xx"], "Any 2xx"],
    [["200", "204"], "200 or 204"],
    [["200-204", "2xx", "304"], "200 to 204, any 2xx or 304"],
  ])("success %j reads %j", (statuses, words) => {
    expect(successWords({ statuses })).toBe(words);
  });

  test("failing", () => {
    expect(failingWords(null)).toMatch(/^Never/);
    const rule = { after_hours: 72, min_failures: 2, warn_at_percent: [50, 90] };
    expect(failingWords(rule)).toMatch(/at least 2 failing deliveries; warned at 50, 90\s%/);
    expect(failingWords({ ...rule, warn_at_percent: [] })).not.toContain("warned");
  });

  test.each([
    ["fixed text", null],
    ["{{event.typo}}", null],
    ["{{event.subject?}}", "The event's subject: what it is about; left out where there is none"],
    [
      '{{event.subject | default("nobody")}}',
      "The event's subject: what it is about; where there is none, “nobody”",
    ],
    [
      "{{event.subject | default(event.tenant)}}",
      "The event's subject: what it is about; where there is none, the event's tenant: whose it is",
    ],
    ["{{event.data.order.id}}", "Data.order.id"],
    ["{{event.attributes.region?}}", "The event's attribute region; left out where there is none"],
  ])("the header %j", (template, words) => {
    expect(templateWords(template)).toBe(words);
  });

  test("a definition reads line by line: the body indented, headers as they are sent", () => {
    const lines = readableDefinition(of("github")).split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "body:",
      '  "{{event.data}}"',
      "headers:",
      "  X-GitHub-Event: {{event.type}}",
      "  X-GitHub-Delivery: {{event.id}}",
    ]);
    expect(lines).toContain("timeout_ms: 10000");
    expect(readableDefinition(of("standard-webhooks"))).toContain('  "type": "{{event.type}}",');
  });
});
