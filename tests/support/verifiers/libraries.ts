// The receivers' own libraries, and one verifier for what none of them knows.
import { createPublicKey, verify as verifyEd25519 } from "node:crypto";
import "@shopify/shopify-api/adapters/node";
import { verify as verifyGitHub } from "@octokit/webhooks-methods";
import { ApiVersion, LogSeverity, shopifyApi } from "@shopify/shopify-api";
import { verifySlackRequest } from "@slack/bolt";
import { Webhook as StandardWebhook } from "standardwebhooks";
import Stripe from "stripe";
import { Webhook as SvixWebhook } from "svix";
import type { Sent } from "./sent";

export const record = ({ headers }: Sent) =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
const text = ({ body }: Sent) => body.toString("utf8");

export async function shopifyAccepts(sent: Sent, secret: string): Promise<boolean> {
  const shopify = shopifyApi({
    apiKey: "key",
    apiSecretKey: secret,
    hostName: "receiver.example.com",
    apiVersion: ApiVersion.January26,
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error },
  });
  const result = await shopify.webhooks.validate({
    rawBody: text(sent),
    rawRequest: { method: "POST", url: "/hooks", headers: record(sent) },
    rawResponse: {},
  });
  return result.valid;
}

export function accepts(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** Whether the library of that system takes the request with that secret. */
export const LIBRARIES: Record<string, (sent: Sent, secret: string) => boolean | Promise<boolean>> = {
  "standard-webhooks": (sent, secret) =>
    accepts(() => new StandardWebhook(secret).verify(text(sent), record(sent))),
  svix: (sent, secret) => accepts(() => new SvixWebhook(secret).verify(text(sent), record(sent))),
  stripe: (sent, secret) =>
    accepts(() => Stripe.webhooks.constructEvent(sent.body, sent.header("stripe-signature") ?? "", secret)),
  github: (sent, secret) => verifyGitHub(secret, text(sent), sent.header("x-hub-signature-256") ?? ""),
  shopify: shopifyAccepts,
  slack: (sent, secret) =>
    accepts(() =>
      verifySlackRequest({
        signingSecret: secret,
        body: text(sent),
        headers: {
          "x-slack-signature": sent.header("x-slack-signature") ?? "",
          "x-slack-request-timestamp": Number(sent.header("x-slack-request-timestamp")),
        },
      }),
    ),
};
/** As the specification has it, with nothing of ours: v1a, base64, over {id}.{timestamp}.{body}. */
export function acceptsEd25519(sent: Sent, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.replace("whpk_", ""), "base64");
  const key = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") },
    format: "jwk",
  });
  const signed = `${sent.header("webhook-id")}.${sent.header("webhook-timestamp")}.${text(sent)}`;
  return (sent.header("webhook-signature") ?? "")
    .split(" ")
    .filter((part) => part.startsWith("v1a,"))
    .some((part) => verifyEd25519(null, Buffer.from(signed), key, Buffer.from(part.slice(4), "base64")));
}
