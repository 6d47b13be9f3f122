import { createHmac } from "node:crypto";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import {
  formatSecret,
  secretHint,
  signingKeyBytes,
  signStandardWebhook,
  verifyStandardWebhook,
} from "@/lib/domain/signing/standard-webhooks";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const VECTOR = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestampSeconds: 1614265330,
  body: Buffer.from('{"test": 2432232314}'),
};

describe("Standard Webhooks v1", () => {
  it("G-01 gives the published signature for the published vector", () => {
    expect(signStandardWebhook({ ...VECTOR, keys: [signingKeyBytes(SECRET)] })).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
  });

  it("G-01 is accepted by the receivers' library and by a digest built here, whatever the body", () => {
    const now = Math.floor(Date.now() / 1000);
    fc.assert(
      fc.property(fc.json(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (json, random) => {
        const secret = formatSecret(random);
        const body = Buffer.from(`{"data":${json}}`);
        const signature = signStandardWebhook({
          id: "evt_1",
          timestampSeconds: now,
          body,
          keys: [signingKeyBytes(secret)],
        });
        const headers = {
          "webhook-id": "evt_1",
          "webhook-timestamp": String(now),
          "webhook-signature": signature,
        };
        expect(() => new Webhook(secret).verify(body.toString(), headers)).not.toThrow();
        const digest = createHmac("sha256", Buffer.from(random))
          .update(`evt_1.${now}.`)
          .update(body)
          .digest("base64");
        expect(signature).toBe(`v1,${digest}`);
      }),
      { numRuns: 300 },
    );
  });

  it("G-02 signs with every key of an overlap, and either secret verifies", () => {
    const [older, newer] = [formatSecret(Buffer.alloc(32, 1)), formatSecret(Buffer.alloc(32, 2))];
    const signature = signStandardWebhook({
      ...VECTOR,
      keys: [signingKeyBytes(newer), signingKeyBytes(older)],
    });
    const nowMs = VECTOR.timestampSeconds * 1000;
    for (const secret of [older, newer]) {
      const input = { id: VECTOR.id, timestamp: "1614265330", signature, body: VECTOR.body, nowMs };
      expect(verifyStandardWebhook({ ...input, key: signingKeyBytes(secret) })).toEqual({
        outcome: "verified",
      });
    }
  });

  it("says what is wrong with a request that does not verify", () => {
    const key = signingKeyBytes(SECRET);
    const signature = signStandardWebhook({ ...VECTOR, keys: [key] });
    const good = {
      id: VECTOR.id,
      timestamp: "1614265330",
      signature,
      body: VECTOR.body,
      key,
      nowMs: 1614265330_000,
    };
    expect(verifyStandardWebhook(good).outcome).toBe("verified");
    expect(verifyStandardWebhook({ ...good, id: null }).outcome).toBe("missing_headers");
    expect(verifyStandardWebhook({ ...good, timestamp: "soon" }).outcome).toBe("bad_timestamp");
    expect(verifyStandardWebhook({ ...good, nowMs: good.nowMs + 301_000 })).toEqual({
      outcome: "timestamp_out_of_tolerance",
      skewSeconds: 301,
    });
    expect(verifyStandardWebhook({ ...good, body: Buffer.from('{"test":2432232314}') }).outcome).toBe(
      "no_match",
    );
    expect(verifyStandardWebhook({ ...good, signature: "v1,AAAA v2,xx" }).outcome).toBe("no_match");
  });

  it("K-15 secrets carry 32 bytes and show only their last four characters", () => {
    const secret = formatSecret(Buffer.alloc(32, 7));
    expect(signingKeyBytes(secret)).toHaveLength(32);
    expect(secretHint(secret)).toBe(`whsec_…${secret.slice(-5, -1)}`);
  });
});
