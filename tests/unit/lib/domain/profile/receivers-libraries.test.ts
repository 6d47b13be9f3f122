// The receivers' own libraries decide whether our requests are what they call theirs.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { Webhook as StandardWebhook } from "standardwebhooks";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import type { CompiledProfile } from "@/lib/domain/profile/compile";
import { makeSecret } from "@/lib/domain/signing/keys";
import {
  accepts,
  acceptsEd25519,
  LIBRARIES,
  record,
  shopifyAccepts,
} from "@/tests/support/verifiers/libraries";
import { AWKWARD_DATA, anAttempt, anEvent, builtIn, compileBuiltIn, type Sent, send } from "./support";

const text = ({ body }: Sent) => body.toString("utf8");
const freshSecret = (slug: string) =>
  makeSecret(builtIn(slug).definition.secret.kind, randomBytes(32)).secret;
const SLUGS = Object.keys(LIBRARIES);
const SEVERAL = ["standard-webhooks", "svix", "stripe"];

async function libraryAccepts(slug: string, sent: Sent, secret: string): Promise<boolean> {
  return (await LIBRARIES[slug]?.(sent, secret)) ?? false;
}

describe.each(SLUGS)("G-01 the library of %s", (slug) => {
  const profile: CompiledProfile = compileBuiltIn(slug);
  const shop = { tenant: "example.myshopify.com" };

  it.each(AWKWARD_DATA)("accepts %s", async (_name, data) => {
    const secret = freshSecret(slug);
    const sent = send(profile, { event: anEvent({ ...shop, data }), secrets: [secret] });
    expect(await libraryAccepts(slug, sent, secret)).toBe(true);
  });

  it("accepts any JSON with any secret", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.json({ maxDepth: 4 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        async (data, random) => {
          const { secret } = makeSecret(builtIn(slug).definition.secret.kind, random);
          const sent = send(profile, { event: anEvent({ ...shop, data }), secrets: [secret] });
          expect(await libraryAccepts(slug, sent, secret)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("refuses another secret and another body", async () => {
    const secret = freshSecret(slug);
    const sent = send(profile, { event: anEvent(shop), secrets: [secret] });
    expect(await libraryAccepts(slug, sent, freshSecret(slug))).toBe(false);
    const changed = { ...sent, body: Buffer.from(text(sent).replace('"a":1', '"a":2')) };
    expect(await libraryAccepts(slug, changed, secret)).toBe(false);
  });

  it("G-02 during a rotation: the new secret, and the old one where signatures can be several", async () => {
    const [newer, older] = [freshSecret(slug), freshSecret(slug)];
    const sent = send(profile, { event: anEvent(shop), secrets: [newer, older] });
    expect(await libraryAccepts(slug, sent, newer)).toBe(true);
    expect(await libraryAccepts(slug, sent, older)).toBe(SEVERAL.includes(slug));
  });

  it("G-04 a retry days later is signed for its own time", async () => {
    const secret = freshSecret(slug);
    const event = anEvent({ ...shop, occurredAtMs: Date.now() - 3 * 86_400_000 });
    const old = anAttempt({ timeMs: Date.now() - 3 * 86_400_000 });
    const now = anAttempt({ number: 7 });
    const isTimed = !["github", "shopify"].includes(slug);
    const first = send(profile, { event, attempt: old, secrets: [secret] });
    expect(await libraryAccepts(slug, first, secret)).toBe(!isTimed);
    const last = send(profile, { event, attempt: now, secrets: [secret] });
    expect(await libraryAccepts(slug, last, secret)).toBe(true);
    expect(last.body.equals(first.body)).toBe(true);
  });
});

describe("what the libraries read", () => {
  it("Stripe's gives an event object", () => {
    const secret = freshSecret("stripe");
    const event = anEvent({
      type: "invoice.paid",
      data: '{"id":"in_1","object":"invoice"}',
      environment: "sandbox",
    });
    const sent = send(compileBuiltIn("stripe"), { event, secrets: [secret] });
    const read = Stripe.webhooks.constructEvent(sent.body, sent.header("stripe-signature") ?? "", secret);
    expect(read).toEqual({
      id: event.id,
      object: "event",
      api_version: null,
      created: Math.floor(event.occurredAtMs / 1000),
      data: { object: { id: "in_1", object: "invoice" } },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: "invoice.paid",
    });
  });

  it("Stripe's takes an imported secret that is no base64", () => {
    const secret = "whsec_test secret, as it stands";
    const sent = send(compileBuiltIn("stripe"), { secrets: [secret] });
    expect(LIBRARIES.stripe?.(sent, secret)).toBe(true);
  });

  it("Shopify's gives topic, shop and ids", async () => {
    const sample = builtIn("shopify").samples[0];
    const secret = freshSecret("shopify");
    const event = anEvent({ ...sample, data: sample.data });
    const sent = send(compileBuiltIn("shopify"), { event, secrets: [secret] });
    expect(await shopifyAccepts(sent, secret)).toBe(true);
    expect(record(sent)).toMatchObject({
      "x-shopify-topic": "orders/create",
      "x-shopify-shop-domain": "example.myshopify.com",
      "x-shopify-webhook-id": "dlv_01k0w3g8zqe9v8m2c5t7r4n6pb",
      "x-shopify-event-id": event.id,
    });
  });

  it("GitHub's headers name the event and its delivery", () => {
    const sent = send(compileBuiltIn("github"), {
      event: anEvent({ type: "push" }),
      secrets: [freshSecret("github")],
    });
    expect(sent.header("x-github-event")).toBe("push");
    expect(sent.header("x-github-delivery")).toBe("evt_01k0w3g8zqe9v8m2c5t7r4n6pb");
  });
});

describe("G-07 Standard Webhooks with Ed25519", () => {
  const profile = compileBuiltIn("standard-webhooks-ed25519");

  it.each(AWKWARD_DATA)("verifies with the public key: %s", (_name, data) => {
    const { secret, publicKey } = makeSecret("ed25519", randomBytes(32));
    const sent = send(profile, { event: anEvent({ data }), secrets: [secret] });
    expect(acceptsEd25519(sent, publicKey ?? "")).toBe(true);
    expect(acceptsEd25519({ ...sent, body: Buffer.from("{}") }, publicKey ?? "")).toBe(false);
  });

  it("mixes with HMAC in one list, and each receiver finds its own", () => {
    const pair = makeSecret("ed25519", randomBytes(32));
    const other = makeSecret("ed25519", randomBytes(32));
    const shared = freshSecret("standard-webhooks");
    const sent = send(profile, { secrets: [pair.secret, shared, other.secret] });
    expect(sent.header("webhook-signature")).toMatch(/^v1a,\S+ v1,\S+ v1a,\S+$/);
    expect(acceptsEd25519(sent, pair.publicKey ?? "")).toBe(true);
    expect(acceptsEd25519(sent, other.publicKey ?? "")).toBe(true);
    expect(accepts(() => new StandardWebhook(shared).verify(text(sent), record(sent)))).toBe(true);
  });
});
