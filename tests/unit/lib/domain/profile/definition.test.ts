import { describe, expect, it } from "vitest";
import { profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { compileWith, definitionWith, refusals } from "./support";

const HMAC = {
  kind: "hmac",
  key: "utf8",
  content: "{body}",
  encoding: "hex",
  header: "X-Signature",
};
const hmac = (
  changes: Record<string, unknown> = {},
  rotation = { overlap: "never", default_overlap_seconds: 0 },
) => ({
  signature: { ...HMAC, ...changes },
  rotation,
});
const HTTP = {
  kind: "http_signature",
  key: "utf8",
  encoding: "hex",
  header: "x-signature",
  key_id: "{{endpoint.id}}",
  headers: ["(request-target)", "date", "digest"],
};
const HASH = { header: "digest", format: "SHA-256={hash}", encoding: "hex" };
const cavage = (changes: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) => ({
  signature: { ...HTTP, ...changes },
  content_hash: HASH,
  rotation: { overlap: "never", default_overlap_seconds: 0 },
  ...rest,
});

describe("a definition", () => {
  it("needs the envelope, the signature, the secret and the rotation; the rest has defaults", () => {
    const definition = profileDefinitionSchema.parse({
      envelope: '"{{event.data}}"',
      signature: { kind: "standard", prefix: "webhook" },
      secret: { kind: "whsec" },
      rotation: { overlap: "allowed", default_overlap_seconds: 3600 },
    });
    expect(definition).toEqual({
      envelope: '"{{event.data}}"',
      headers: [],
      content_type: "application/json",
      content_hash: null,
      signature: { kind: "standard", prefix: "webhook" },
      secret: { kind: "whsec" },
      rotation: { overlap: "allowed", default_overlap_seconds: 3600 },
      success: { statuses: ["2xx"] },
      timeout_ms: 15_000,
      retry_policy: { preset: "standard" },
      auto_disable: { after_hours: 120, min_failures: 5, warn_at_percent: [50, 70, 90] },
    });
  });

  it("accepts what belongs together", () => {
    expect(refusals(hmac())).toEqual([]);
    expect(
      refusals(
        hmac(
          {
            content: "{id}.{timestamp}.{body}",
            format: "t={timestamp},{signatures}",
            each: "v1={signature}",
            separator: ",",
            id_header: "webhook-id",
          },
          { overlap: "allowed", default_overlap_seconds: 60 },
        ),
      ),
    ).toEqual([]);
    expect(refusals(cavage())).toEqual([]);
    expect(
      refusals(
        cavage(
          { headers: ["(expires)", "host", "digest", "x-kind"], expires_seconds: 60 },
          {
            headers: [{ name: "X-Kind", value: "{{event.type}}" }],
          },
        ),
      ),
    ).toEqual([]);
    expect(
      refusals({
        signature: { kind: "none" },
        secret: { kind: "none" },
        rotation: { overlap: "never", default_overlap_seconds: 0 },
      }),
    ).toEqual([]);
    expect(refusals({ content_type: "application/cloudevents+json; charset=utf-8" })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string | RegExp]>([
    // The envelope.
    [
      "an envelope that is not JSON",
      { envelope: '{\n"a":}' },
      "envelope: the envelope is not JSON: line 2: a JSON value was expected",
    ],
    [
      "text behind an envelope",
      { envelope: '{"a":1}\n}' },
      "envelope: the envelope is not JSON: line 1: there is text behind its end",
    ],
    ["an empty envelope", { envelope: "" }, /^envelope: the envelope is empty/],
    ["an envelope that is too large", { envelope: `"${"x".repeat(20_000)}"` }, /^envelope: Too big/],
    [
      "an unknown value",
      { envelope: '{"a":{"b":"{{event.tpye}}"}}' },
      /^envelope: in "a\.b": there is no value "event\.tpye"/,
    ],
    [
      "braces that are no placeholder",
      { envelope: '{"a":"{{ }}"}' },
      /^envelope: in "a": "\{\{ \}\}" cannot be read: write/,
    ],
    [
      "an unfinished placeholder",
      { envelope: '{"a":"x {{event.id"}' },
      /^envelope: in "a": "\{\{event.id" cannot be read/,
    ],
    [
      "attempt values in the body",
      { envelope: '["{{attempt.number}}"]' },
      /^envelope: in "0": "attempt.number" can be used in headers only/,
    ],
    [
      "delivery values in the body",
      { envelope: '["{{event.id | default(delivery.id)}}"]' },
      /"delivery.id" can be used in headers only/,
    ],
    [
      "a placeholder as a name",
      { envelope: '{"{{event.type}}":1}' },
      /^envelope: "\{\{event.type\}\}": a member's name cannot be a placeholder/,
    ],
    ["a member twice", { envelope: '{"a":{"x":1,"\\u0078":2}}' }, /^envelope: in "a": "x" is given twice/],
    [
      "a body that may be missing",
      { envelope: '"{{event.subject?}}"' },
      /^envelope: the whole body cannot be left out/,
    ],
    [
      "all data within text",
      { envelope: '["x {{event.data}}"]' },
      /^envelope: in "0": all of event.data can only stand by itself/,
    ],
    [
      "? with a default",
      { envelope: "[\"{{event.subject? | default('x')}}\"]" },
      /can never be left out, because it has a default/,
    ],
    [
      "nesting",
      { envelope: "[".repeat(40) + "]".repeat(40) },
      /^envelope: the envelope is nested more than 32 deep/,
    ],
    [
      "the data again and again",
      { envelope: `[${Array(33).fill('"{{event.data}}"').join()}]` },
      /^envelope: event.data is used 33 times/,
    ],
    [
      "too many placeholders",
      { envelope: `[${Array(101).fill('"{{event.id}}"').join()}]` },
      /^envelope: the envelope has 101 placeholders/,
    ],
    [
      "a path of odd names",
      { envelope: '["{{event.data.a..b}}"]' },
      /^envelope: in "0": "" in "event.data.a..b" is not a member/,
    ],
    ["a path without end", { envelope: `["{{event.data${".a".repeat(17)}}}"]` }, /goes 17 members deep/],
    [
      "an odd attribute",
      { envelope: '["{{event.attributes.a/b}}"]' },
      /"a\/b" cannot be the name of an attribute/,
    ],
    ["an unknown field", { envelop: "" }, /^: Unrecognized key: "envelop"/],
    // Headers.
    [
      "a line break in a header",
      { headers: [{ name: "X-A", value: "a\r\nX-B: 1" }] },
      /^headers\.0\.value: must be printable ASCII: no line breaks/,
    ],
    [
      "other characters in a header",
      { headers: [{ name: "X-A", value: "é" }] },
      /^headers\.0\.value: must be printable ASCII/,
    ],
    [
      "a line break in a name",
      { headers: [{ name: "X-A\r\n", value: "a" }] },
      /^headers\.0\.name: may contain letters/,
    ],
    [
      "a header of HTTP",
      { headers: [{ name: "Content-Length", value: "1" }] },
      /^headers\.0\.name: This header is set by Signpost or by HTTP/,
    ],
    [
      "a header of Standard Webhooks",
      { headers: [{ name: "Webhook-Topic", value: "a" }] },
      /^headers\.0\.name: This header is set by Signpost/,
    ],
    [
      "credentials",
      { headers: [{ name: "Authorization", value: "Bearer x" }] },
      /^headers\.0\.name: credentials belong to an endpoint's own headers/,
    ],
    [
      "a header twice",
      {
        headers: [
          { name: "X-A", value: "a" },
          { name: "x-a", value: "b" },
        ],
      },
      /^headers\.1\.name: the profile already sends "x-a"/,
    ],
    [
      "a header of the signature",
      { ...hmac(), headers: [{ name: "x-signature", value: "a" }] },
      /^headers\.0\.name: the profile already sends "x-signature"/,
    ],
    [
      "all data in a header",
      { headers: [{ name: "X-A", value: "{{event.data}}" }] },
      /^headers\.0\.value: all of "event.data" does not fit/,
    ],
    [
      "an unknown value in a header",
      { headers: [{ name: "X-A", value: "{{event.nope}}" }] },
      /^headers\.0\.value: there is no value "event.nope"/,
    ],
    ["an empty header", { headers: [{ name: "X-A", value: "" }] }, /^headers\.0\.value: the value is empty/],
    [
      "too many headers",
      { headers: Array.from({ length: 21 }, (_, i) => ({ name: `X-${i}`, value: "a" })) },
      /^headers: Too big/,
    ],
    [
      "too many placeholders in a header",
      { headers: [{ name: "X-A", value: "{{event.id}}".repeat(9) }] },
      /^headers\.0\.value: has 9 placeholders/,
    ],
    [
      "a content type that is not JSON",
      { content_type: "text/html" },
      /^content_type: must be a JSON media type/,
    ],
    [
      "a line break in the content type",
      { content_type: "application/json\r\nX: 1" },
      /^content_type: must be a JSON media type/,
    ],
    // The content hash.
    [
      "a hash header of HTTP",
      { content_hash: { header: "Content-Length" } },
      /^content_hash\.header: This header is set by/,
    ],
    [
      "a hash without its place",
      { content_hash: { header: "digest", format: "SHA-256=" } },
      /^content_hash\.format: must contain \{hash\} exactly once/,
    ],
    [
      "a hash header that is taken",
      { ...hmac(), content_hash: { header: "X-SIGNATURE" } },
      /^content_hash\.header: the profile already sends "x-signature"/,
    ],
    // Signatures.
    [
      "an overlap with one signature",
      hmac({}, { overlap: "allowed", default_overlap_seconds: 60 }),
      /^rotation\.overlap: an overlap is not possible, because this signature carries one/,
    ],
    [
      "an overlap of http signatures",
      cavage({}, { rotation: { overlap: "allowed", default_overlap_seconds: 0 } }),
      /^rotation\.overlap: an overlap is not possible/,
    ],
    [
      "an overlap that is never",
      { rotation: { overlap: "never", default_overlap_seconds: 5 } },
      "rotation.default_overlap_seconds: must be 0 when there is no overlap",
    ],
    [
      "an endless overlap",
      { rotation: { overlap: "allowed", default_overlap_seconds: 1e9 } },
      /^rotation\.default_overlap_seconds: Too big/,
    ],
    [
      "a signed timestamp that is not sent",
      hmac({ content: "{timestamp}.{body}" }),
      /^signature\.timestamp_header: \{timestamp\} is signed but never sent/,
    ],
    [
      "a signed id that is not sent",
      hmac({ content: "{id}.{body}" }),
      /^signature\.id_header: \{id\} is signed but never sent/,
    ],
    [
      "an unsigned body",
      hmac({ content: "{timestamp}", timestamp_header: "X-T" }),
      /^signature\.content: must contain \{body\} exactly once/,
    ],
    [
      "an unknown slot",
      hmac({ content: "{nonce}{body}" }),
      /^signature\.content: "\{nonce\}" has no meaning here; there are \{id\}, \{timestamp\}/,
    ],
    ["a stray brace", hmac({ each: "{v1={signature}" }), /^signature\.each: "\{" has no meaning here/],
    [
      "a format without signatures",
      hmac({ format: "t={timestamp}" }),
      /^signature\.format: must contain \{signatures\} exactly once/,
    ],
    [
      "a line break in a format",
      hmac({ format: "a\n{signatures}" }),
      /^signature\.format: must be printable ASCII/,
    ],
    [
      "values that touch",
      hmac({ format: "{timestamp}{signatures}" }),
      /^signature\.format: two values touch each other/,
    ],
    [
      "a separator inside a signature",
      hmac({ each: "v1,{signature}", separator: "," }),
      /^signature\.separator: "," may also occur inside/,
    ],
    ["a separator of digits", hmac({ separator: "a" }), /^signature\.separator: "a" may also occur inside/],
    ["a signature header of HTTP", hmac({ header: "Host" }), /^signature\.header: This header is set by/],
    [
      "one header for two things",
      hmac({ timestamp_header: "x-signature" }),
      /^signature\.timestamp_header: the profile already sends/,
    ],
    [
      "a secret of another kind",
      { ...hmac({ key: "hex" }), secret: { kind: "whsec" } },
      "secret.kind: this signature cannot be made with a whsec secret; it takes hex",
    ],
    [
      "a key pair for HMAC",
      { ...hmac(), secret: { kind: "ed25519" } },
      /^secret\.kind: this signature cannot be made with a ed25519 secret; it takes whsec or hex or base64/,
    ],
    [
      "no secret for a signature",
      { secret: { kind: "none" } },
      /^secret\.kind: .* it takes whsec or ed25519/,
    ],
    [
      "a secret for no signature",
      { signature: { kind: "none" }, rotation: { overlap: "never", default_overlap_seconds: 0 } },
      /^secret\.kind: .* it takes none/,
    ],
    [
      "an http signature without the body",
      cavage({ headers: ["date"] }),
      /^signature\.headers: the body is not signed/,
    ],
    [
      "an http signature without a hash",
      cavage({}, { content_hash: null }),
      /^signature\.headers\.2: "digest" is signed, but not every request/,
    ],
    [
      "a header that may be missing",
      cavage({ headers: ["digest", "x-s"] }, { headers: [{ name: "X-S", value: "{{event.subject}}" }] }),
      /^signature\.headers\.1: "x-s" is signed, but not every request/,
    ],
    [
      "an expiry that is not signed",
      cavage({ expires_seconds: 60 }),
      /^signature\.expires_seconds: an expiry counts only when it is signed/,
    ],
    [
      "a signed expiry that is not there",
      cavage({ headers: ["digest", "(expires)"] }),
      /^signature\.expires_seconds: an expiry counts only/,
    ],
    ["parts named twice", cavage({ headers: ["digest", "digest"] }), /^signature\.headers: name each once/],
    ["a key id that ends its quotes", cavage({ key_id: 'a"b' }), /^signature\.key_id: must not contain/],
    [
      "a key id that cannot be read",
      cavage({ key_id: "{{nope}}" }),
      /^signature\.key_id: there is no value "nope"/,
    ],
    ["an unknown scheme", { signature: { kind: "rsa" } }, /^signature\.kind: Invalid/],
    [
      "parameters of another scheme",
      { signature: { kind: "standard", prefix: "webhook", key: "hex" } },
      /^signature: Unrecognized key: "key"/,
    ],
    // The rest.
    ["a short timeout", { timeout_ms: 999 }, /^timeout_ms: Too small/],
    ["a long timeout", { timeout_ms: 30_001 }, /^timeout_ms: Too big/],
    ["no success", { success: { statuses: [] } }, /^success\.statuses: name at least one status/],
    [
      "a success that cannot be",
      { success: { statuses: ["5xx"] } },
      /^success\.statuses\.0: must be a class/,
    ],
    [
      "410 as success",
      { success: { statuses: ["2xx", "4xx"] } },
      /^success\.statuses\.1: includes 410, which has a meaning of its own/,
    ],
    [
      "a range backwards",
      { success: { statuses: ["204-200"] } },
      /^success\.statuses\.0: the range ends before it begins; did you mean 200-204\?/,
    ],
    [
      "warnings that fall",
      { auto_disable: { after_hours: 1, min_failures: 1, warn_at_percent: [90, 50] } },
      /^auto_disable\.warn_at_percent: must rise/,
    ],
    [
      "a schedule without end",
      { retry_policy: { strategy: "fixed", interval_seconds: 1, max_attempts: 31 } },
      /^retry_policy/,
    ],
  ])("refuses %s, with the place and the reason", (_name, changes, expected) => {
    const found = refusals(changes);
    expect(found).toContainEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });

  it("survives being stored as JSON", () => {
    const definition = profileDefinitionSchema.parse(definitionWith(cavage()));
    expect(profileDefinitionSchema.parse(JSON.parse(JSON.stringify(definition)))).toEqual(definition);
  });
});

describe("success", () => {
  const accepts = (statuses: string[]) => {
    const { isSuccess } = compileWith({ success: { statuses } });
    return [199, 200, 201, 202, 204, 205, 299, 300, 302, 409, 500].filter(isSuccess);
  };

  it("is what the rule names and nothing else", () => {
    expect(accepts(["2xx"])).toEqual([200, 201, 202, 204, 205, 299]);
    expect(accepts(["200", "202"])).toEqual([200, 202]);
    expect(accepts(["200-204", "409"])).toEqual([200, 201, 202, 204, 409]);
    expect(accepts(["3xx"])).toEqual([300, 302]);
  });
});
