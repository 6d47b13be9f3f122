// What another profile means for an endpoint, said before it is changed; and the prediction about its secret, held against
// the code that opens secrets.
import { describe, expect, test } from "vitest";
import { needsNewSecret, settingChanges, wireChanges } from "@/lib/client/profiles/profile-change";
import { BUILT_IN_PROFILES, builtInProfile } from "@/lib/domain/profile/built-in";
import { compileProfile } from "@/lib/domain/profile/compile";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { makeSecret, secretHint } from "@/lib/domain/signing/keys";

function of(slug: string) {
  const profile = builtInProfile(slug);
  if (profile === null) throw new Error(slug);
  return profileDefinitionSchema.parse(profile.definition);
}

const whats = (changes: readonly { what: string }[]) => changes.map(({ what }) => what);
const retryWords = (policy: unknown) => JSON.stringify(policy);

describe("what receivers see", () => {
  test("nothing, when only what Signpost does with answers differs", () => {
    const before = of("github");
    expect(wireChanges(before, before)).toEqual([]);
    expect(wireChanges(before, { ...before, timeout_ms: 1000, success: { statuses: ["200"] } })).toEqual([]);
  });

  test("another scheme: the signature, its header, what is signed, the body and the headers", () => {
    const changes = wireChanges(of("standard-webhooks"), of("github"));
    expect(whats(changes)).toEqual(["Signature", "Sent as", "Signed is", "Key", "Body", "Headers"]);
    expect(changes.find(({ what }) => what === "Signed is")).toEqual({
      what: "Signed is",
      from: "id.timestamp.body",
      to: "body",
      isCode: true,
    });
    expect(changes.find(({ what }) => what === "Sent as")?.to).toBe(
      "X-Hub-Signature-256: sha256=<signature>",
    );
  });

  test("of a key pair, receivers have the public half", () => {
    const changes = wireChanges(of("standard-webhooks"), of("standard-webhooks-ed25519"));
    expect(whats(changes)).toEqual(["Signature", "Key"]);
    expect(changes[1]?.to).toContain("public half");
  });

  test("other values under the same names are a change too", () => {
    const before = of("github");
    const [first, ...others] = before.headers;
    if (first === undefined) throw new Error("no header");
    const after = { ...before, headers: [{ ...first, value: "v2 {{event.type}}" }, ...others] };
    expect(wireChanges(before, after)).toEqual([
      {
        what: "Headers",
        from: "X-GitHub-Event, X-GitHub-Delivery",
        to: "the same, with other values",
        isCode: true,
      },
    ]);
  });
});

describe("what becomes of the endpoint's settings", () => {
  const [before, after] = [of("standard-webhooks"), of("vizi")];

  test("everything that follows the profile changes with it", () => {
    expect(whats(settingChanges(before, after, [], retryWords))).toEqual(["Timeout", "Retries", "Disabled"]);
  });

  test("what was set for the endpoint alone stays", () => {
    expect(whats(settingChanges(before, after, ["timeout_ms", "retry_policy"], retryWords))).toEqual([
      "Disabled",
    ]);
    expect(settingChanges(before, after, ["timeout_ms", "retry_policy", "auto_disable"], retryWords)).toEqual(
      [],
    );
  });
});

describe("whether a new secret is needed", () => {
  test("never without a signature, always without a secret", () => {
    expect(needsNewSecret({ signature: { kind: "none" }, secret: { kind: "none" } }, [])).toBe(false);
    expect(needsNewSecret(of("github"), [])).toBe(true);
  });

  test("a key pair and a shared secret never stand in for each other", () => {
    const pair = [{ hint: "whpk_…abcd", public_key: "whpk_x" }];
    const shared = [{ hint: "whsec_…abcd", public_key: null }];
    expect(needsNewSecret(of("standard-webhooks-ed25519"), shared)).toBe(true);
    expect(needsNewSecret(of("standard-webhooks-ed25519"), pair)).toBe(false);
    for (const slug of ["standard-webhooks", "github", "vizi"]) {
      expect(needsNewSecret(of(slug), pair), slug).toBe(true);
    }
    expect(needsNewSecret(of("standard-webhooks"), [...shared, ...pair]), "one of several").toBe(true);
  });

  const pairs = BUILT_IN_PROFILES.flatMap((from) => BUILT_IN_PROFILES.map((to) => ({ from, to })));

  test.each(pairs)("$from.slug to $to.slug: no promise that the server would break", ({ from, to }) => {
    const made = makeSecret(from.definition.secret.kind, new Uint8Array(32).fill(7));
    const text = made.secret;
    const secrets = [{ hint: secretHint(made.publicKey ?? text), public_key: made.publicKey }];
    if (!needsNewSecret(to.definition, secrets)) {
      expect(() => compileProfile(to.definition).openKey(text)).not.toThrow();
    }
  });
});
