// The verification code is run as it is shown, against requests as deliveries send them.
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allSnippets } from "@/components/endpoints/snippets/all-snippets";
import { headersRead, type Recipe, recipeOf } from "@/components/endpoints/snippets/recipe";
import { secretVariable } from "@/components/endpoints/snippets/snippet";
import { BUILT_IN_PROFILES } from "@/lib/domain/profile/built-in";
import { type CompiledProfile, compileProfile } from "@/lib/domain/profile/compile";
import { type ProfileDefinition, profileDefinitionSchema } from "@/lib/domain/profile/definition";
import { carriesSeveral } from "@/lib/domain/profile/signature-scheme";
import { makeSecret } from "@/lib/domain/signing/keys";
import {
  type Command,
  LANGUAGES,
  programFolder,
  type Running,
  start,
} from "@/tests/support/snippets/run-snippet";
import { AWKWARD_DATA, anAttempt, anEvent, builtIn, definitionWith } from "../../lib/domain/profile/support";

const HMAC = { kind: "hmac", hash: "sha256", encoding: "hex", header: "X-Odd-Signature", key: "utf8" };
const odd = (changes: Record<string, unknown>): ProfileDefinition =>
  profileDefinitionSchema.parse(
    definitionWith({ rotation: { overlap: "never", default_overlap_seconds: 0 }, ...changes }),
  );

/** Schemes that no built-in profile has: every parameter at least once, and text that would be code somewhere. */
const ODD: [name: string, definition: ProfileDefinition][] = [
  [
    "text-that-is-no-code",
    odd({
      signature: {
        ...HMAC,
        content: "a\"'`\\$x#$0 %s?>*/\n#{timestamp}\t{body}-{id}\u2028é🦊".replace(
          "#{timestamp}",
          "{timestamp}",
        ),
        format: "a.b(c)*[d]/\"'`\\$x#@y ?>;ts={timestamp};{signatures};id={id}|",
        each: "+\"'`\\$x#@z {signature}=!",
        separator: "; ",
      },
    }),
  ],
  [
    "method-path-url",
    odd({
      signature: { ...HMAC, content: "{method} {path} {url}\n{body}", hash: "sha512", encoding: "base64" },
    }),
  ],
  [
    "milliseconds-hex-key",
    odd({
      signature: {
        ...HMAC,
        content: "{id}{timestamp}{body}",
        key: "hex",
        hash: "sha1",
        timestamp_unit: "ms",
        timestamp_header: "X-Odd-Time",
        id_header: "X-Odd-Id",
      },
      secret: { kind: "hex" },
    }),
  ],
  [
    "list-base64-key",
    odd({
      signature: { ...HMAC, content: "{body}", key: "base64", separator: "," },
      secret: { kind: "base64" },
      rotation: { overlap: "allowed", default_overlap_seconds: 60 },
    }),
  ],
  [
    "authorization-base64",
    odd({
      content_hash: { header: "Digest", format: "sha-256={hash}", encoding: "base64" },
      signature: {
        kind: "http_signature",
        key: "whsec",
        hash: "sha512",
        encoding: "base64",
        header: "Authorization",
        key_id: "{{endpoint.id}}",
        headers: ["digest", "content-type"],
        expires_seconds: null,
      },
      secret: { kind: "whsec" },
    }),
  ],
];

const CASES: [name: string, definition: ProfileDefinition][] = [
  ...BUILT_IN_PROFILES.map(({ slug, definition }): [string, ProfileDefinition] => [slug, definition]),
  ...ODD,
];

const recipe = (definition: ProfileDefinition): Recipe => {
  const made = recipeOf(definition);
  if (made === null) throw new Error("nothing to verify");
  return made;
};
const fresh = (definition: ProfileDefinition) => makeSecret(definition.secret.kind, randomBytes(32));

type Sending = { secrets: string[]; data?: string; timeMs?: number };

/** The headers and body of a delivery to that address. */
function delivery(profile: CompiledProfile, url: string, { secrets, data, timeMs = Date.now() }: Sending) {
  const event = anEvent(data === undefined ? {} : { data });
  const attempt = anAttempt({ timeMs });
  const body = profile.render(event);
  const headers = profile.headers({ event, attempt, body });
  const keys = secrets.map((secret) => profile.openKey(secret));
  return { body, headers: [...headers, ...profile.sign({ event, attempt, body, keys, url, headers })] };
}

const isTimed = (made: Recipe) =>
  made.kind === "ed25519" || (made.kind === "hmac" ? made.timestamp !== null : made.hasDate);

describe.each(LANGUAGES)("the code for $id", ({ id, prepare }) => {
  const { folder, remove } = programFolder();
  let commands: Map<string, Command>;
  beforeAll(async () => {
    const programs = CASES.map(([name, definition]) => {
      const snippet = allSnippets(recipe(definition)).find((one) => one.id === id);
      return { name, code: snippet?.plain.code ?? "" };
    });
    commands = await prepare(folder, programs);
  }, 120_000);
  afterAll(remove);

  it.each(CASES)(
    "G-01 takes deliveries of %s and refuses what was changed",
    async (name, definition) => {
      const profile = compileProfile(definition);
      const { secret, publicKey } = fresh(definition);
      const made = recipe(definition);
      const running: Running = await start(commands.get(name) as Command, {
        [secretVariable(made.kind)]: publicKey ?? secret,
      });
      try {
        const send = async (sending: Sending, change: (body: Buffer) => Buffer = (body) => body) => {
          const { headers, body } = delivery(profile, running.url, sending);
          return running.post(headers, change(body));
        };
        for (const [, data] of AWKWARD_DATA)
          expect([data, await send({ secrets: [secret], data })]).toEqual([data, 204]);
        const other = fresh(definition).secret;
        const changed = (body: Buffer) => Buffer.from(body.toString().replace('"a":1', '"a":1.0'));
        expect(await send({ secrets: [secret] }, changed)).toBe(400);
        expect(await send({ secrets: [other] })).toBe(400);
        expect(await running.post([["content-type", "application/json"]], Buffer.from("{}"))).toBe(400);
        const several = carriesSeveral(definition.signature);
        expect(await send({ secrets: [other, secret] })).toBe(several ? 204 : 400);
        const old = { secrets: [secret], timeMs: Date.now() - 360_000 };
        expect(await send(old)).toBe(isTimed(made) ? 400 : 204);
        const early = { secrets: [secret], timeMs: Date.now() + 360_000 };
        expect(await send(early)).toBe(isTimed(made) ? 400 : 204);
        for (const header of headersRead(made)) {
          if (["host", "content-type"].includes(header.toLowerCase())) continue;
          const { headers, body } = delivery(profile, running.url, { secrets: [secret] });
          const rest = headers.filter(([given]) => given.toLowerCase() !== header.toLowerCase());
          expect([header, await running.post(rest, body)]).toEqual([header, 400]);
        }
      } finally {
        running.stop();
      }
    },
    60_000,
  );
});

describe("with a published library", () => {
  const { folder, remove } = programFolder();
  const node = LANGUAGES[0];
  afterAll(remove);

  it.each(["standard-webhooks", "svix"])(
    "G-02 Node.js takes deliveries of %s, during a rotation too",
    async (slug) => {
      const { definition } = builtIn(slug);
      const profile = compileProfile(definition);
      const { secret } = fresh(definition);
      const snippet = allSnippets(recipe(definition))[0];
      mkdirSync(path.join(folder, slug));
      const commands = await node?.prepare(path.join(folder, slug), [
        { name: slug, code: snippet?.library?.code ?? "" },
      ]);
      const running = await start(commands?.get(slug) as Command, { WEBHOOK_SECRET: secret });
      try {
        const send = (secrets: string[]) => {
          const { headers, body } = delivery(profile, running.url, { secrets });
          return running.post(headers, body);
        };
        expect(await send([secret])).toBe(204);
        expect(await send([fresh(definition).secret, secret])).toBe(204);
        expect(await send([fresh(definition).secret])).toBe(400);
      } finally {
        running.stop();
      }
    },
    30_000,
  );

  it("is offered for the two schemes that have one in every language, and for no other", () => {
    for (const [name, definition] of CASES) {
      const offered = allSnippets(recipe(definition)).map(({ library }) => library !== null);
      const expected = ["standard-webhooks", "svix"].includes(name);
      expect([name, offered]).toEqual([name, offered.map(() => expected)]);
    }
  });
});

describe("every language", () => {
  const all = CASES.flatMap(([name, definition]) =>
    allSnippets(recipe(definition)).flatMap(({ label, library, plain }) =>
      [library, plain].flatMap((variant) =>
        variant === null ? [] : [{ name, label, code: variant.code, definition }],
      ),
    ),
  );

  it("reads the secret from the environment and has none in it", () => {
    for (const { name, label, code, definition } of all) {
      expect([name, label, code.includes(secretVariable(recipe(definition).kind))]).toEqual([
        name,
        label,
        true,
      ]);
      expect(code).not.toMatch(/whsec_[A-Za-z0-9+/]{8}/);
    }
  });

  it("names the headers that are really sent", () => {
    for (const { name, label, code, definition } of all) {
      const text = code.toLowerCase().replaceAll("_", "-");
      for (const header of headersRead(recipe(definition))) {
        expect([name, label, header, text.includes(header.toLowerCase())]).toEqual([
          name,
          label,
          header,
          true,
        ]);
      }
    }
  });

  it("there is none for a profile that does not sign", () => {
    const { definition } = builtIn("vizi");
    expect(recipeOf({ ...definition, signature: { kind: "none" }, secret: { kind: "none" } })).toBeNull();
  });

  it("an endpoint's own kind of secret decides where a profile takes two", () => {
    const { definition } = builtIn("standard-webhooks");
    expect(recipeOf(definition, true)?.kind).toBe("ed25519");
    expect(recipeOf(builtIn("standard-webhooks-ed25519").definition, false)?.kind).toBe("hmac");
  });
});
