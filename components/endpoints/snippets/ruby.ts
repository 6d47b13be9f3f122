// Owns the verification code for Ruby.
import type { Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, inner, lines, WORDS } from "./text";

/** Text for the inside of a string in double quotes; `#` could begin code there. */
const within = (text: string) => inner(text).replaceAll("#", "\\#");
const quoted = (text: string) => `"${within(text)}"`;
/** Rack's names; two headers have none of the prefix there (CGI, RFC 3875). */
const rackName = (name: string) =>
  `${/^content-(type|length)$/i.test(name) ? "" : "HTTP_"}${name.toUpperCase().replaceAll("-", "_")}`;
const header = (name: string) => `request.get_header(${quoted(rackName(name))}).to_s`;

const frame = (requires: readonly string[], setup: string, check: string) =>
  lines(
    ...[...requires, "openssl", "sinatra"].sort().map((name) => `require "${name}"`),
    "",
    'set :port, ENV.fetch("PORT", "3000").to_i',
    setup,
    "",
    check,
    "",
    'post "/*" do',
    "  body = request.body.read # the raw bytes, before any JSON parser",
    "  halt 400 unless authentic?(request, body)",
    "",
    '  logger.info("verified #{body}")',
    "  status 204",
    "end",
    "",
  );

const SECRET = 'ENV.fetch("WEBHOOK_SECRET")';
const KEYS: Record<HmacRecipe["key"], string> = {
  utf8: `KEY = ${SECRET} # ${WORDS.wholeSecret}`,
  whsec: `KEY = ${SECRET}.delete_prefix("whsec_").unpack1("m0")`,
  hex: `KEY = [${SECRET}].pack("H*")`,
  base64: `KEY = ${SECRET}.unpack1("m0")`,
};

const SLOTS = {
  id: "id",
  timestamp: "timestamp",
  method: "request.request_method",
  url: 'ENV.fetch("WEBHOOK_URL")',
  path: "request.fullpath",
} as const;

/** Bytes to sign: runs of text as one string, the body by itself. */
function signedContent(content: HmacRecipe["content"]): string {
  const made: string[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") made.push(`"${text}".b`);
    text = "";
  };
  for (const part of content) {
    if (typeof part === "string") text += within(part);
    else if (part.slot !== "body") text += `#{${SLOTS[part.slot]}}`;
    else {
      flush();
      made.push("body.b");
    }
  }
  flush();
  return made.join(" + ");
}

const HASHES = { sha256: "SHA256", sha1: "SHA1", sha512: "SHA512" } as const;

const mac = ({ encoding, hash }: Pick<HmacRecipe, "encoding" | "hash">) =>
  encoding === "hex"
    ? `OpenSSL::HMAC.hexdigest("${HASHES[hash]}", KEY, signed)`
    : `[OpenSSL::HMAC.digest("${HASHES[hash]}", KEY, signed)].pack("m0")`;

const tolerance = (unit: "s" | "ms") => {
  const [now, limit] = unit === "s" ? ["Time.now.to_i", "300"] : ["(Time.now.to_f * 1000)", "300_000"];
  return `  # ${WORDS.tolerance}
  return false unless timestamp.match?(/\\A\\d+\\z/) && (${now} - timestamp.to_i).abs <= ${limit}
`;
};

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern =
    format &&
    formatPattern(
      format,
      (name) => `(?<${name}>`,
      (text) => text.replace(/[/#]/g, "\\$&"),
    );
  const list = format === null ? "given" : "parts[:signatures]";
  const check = lines(
    "def authentic?(request, body)",
    `  given = ${header(recipe.header)}`,
    pattern && `  # ${formatWords(recipe)}`,
    pattern && `  parts = /${pattern.replace(/^\^/, "\\A").replace(/\$$/, "\\z")}/.match(given)`,
    pattern && "  return false if parts.nil?",
    pattern && "",
    id === "format" && "  id = parts[:id]",
    timestamp === "format" && "  timestamp = parts[:timestamp]",
    typeof id === "object" && id !== null && `  id = ${header(id.header)}`,
    typeof timestamp === "object" && timestamp !== null && `  timestamp = ${header(timestamp.header)}`,
    timestamp !== null && tolerance(recipe.unit),
    `  signed = ${signedContent(recipe.content)}`,
    `  expected = ${affixed(recipe, mac(recipe), quoted)}`,
    separator !== null && `  # ${WORDS.several}`,
    separator === null
      ? `  OpenSSL.secure_compare(${list}, expected)`
      : `  ${list}.split(${quoted(separator)}).any? { |signature| OpenSSL.secure_compare(signature.strip, expected) }`,
    "end",
  );
  return frame([], KEYS[recipe.key], check);
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const setup = `# whpk_…: it verifies and cannot sign. The bytes before it say that it is an Ed25519 key (RFC 8410).
PUBLIC_KEY = ENV.fetch("WEBHOOK_PUBLIC_KEY").delete_prefix("whpk_").unpack1("m0")
KEY = OpenSSL::PKey.read(["302a300506032b6570032100"].pack("H*") + PUBLIC_KEY)`;
  const check = `def authentic?(request, body)
  id = ${header(`${prefix}-id`)}
  timestamp = ${header(`${prefix}-timestamp`)}
${tolerance("s")}
  signed = "#{id}.#{timestamp}.".b + body.b
  # ${WORDS.several}
  ${header(`${prefix}-signature`)}.split(" ").any? do |signature|
    version, value = signature.split(",", 2)
    bytes = value.to_s.unpack1("m")
    version == "v1a" && bytes.bytesize == 64 && KEY.verify(nil, bytes, signed)
  end
end`;
  return frame([], setup, check);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const line = (name: string) => {
    if (name === "(request-target)") return '    "(request-target): post #{request.fullpath}",';
    if (name === "(expires)") return '    "(expires): #{params["expires"]}",';
    return `    "${within(name)}: #{${header(name)}}",`;
  };
  const hash =
    digest.encoding === "hex"
      ? 'OpenSSL::Digest.hexdigest("SHA256", body)'
      : '[OpenSSL::Digest.digest("SHA256", body)].pack("m0")';
  const check = lines(
    "def authentic?(request, body)",
    `  found = ${header(recipe.header)}.scan(/(\\w+)=(?:"([^"]*)"|(\\d+))/)`,
    "  params = found.to_h { |name, text, number| [name, text || number] }",
    `  # ${WORDS.covered}`,
    `  return false unless params["headers"] == ${quoted(recipe.names.join(" "))}`,
    `  return false unless params["algorithm"] == "hmac-${recipe.hash}"`,
    recipe.hasExpiry && '  return false if params["expires"].to_i < Time.now.to_i',
    "",
    recipe.hasDate && `  # ${WORDS.tolerance}`,
    recipe.hasDate && `  date = Time.httpdate(${header("date")}) rescue nil`,
    recipe.hasDate && "  return false if date.nil? || (Time.now - date).abs > 300\n",
    `  digest = ${affixed(digest, hash, quoted)}`,
    `  return false unless OpenSSL.secure_compare(${header(digest.header)}, digest)`,
    "",
    `  # ${WORDS.proxy}`,
    "  signed = [",
    ...recipe.names.map(line),
    '  ].join("\\n")',
    `  expected = ${mac(recipe)}`,
    '  OpenSSL.secure_compare(params["signature"].to_s, expected)',
    "end",
  );
  return frame(recipe.hasDate ? ["time"] : [], KEYS[recipe.key], check);
}

const LIBRARIES = {
  standardwebhooks: { gem: "standardwebhooks", module: "StandardWebhooks", prefix: "webhook" },
  svix: { gem: "svix", module: "Svix", prefix: "svix" },
} as const;

function library({ gem, module, prefix }: (typeof LIBRARIES)[keyof typeof LIBRARIES]): string {
  const rack = (part: string) => `request.get_header("HTTP_${prefix.toUpperCase()}_${part}")`;
  return `require "sinatra"
require "${gem}"

set :port, ENV.fetch("PORT", "3000").to_i
WEBHOOK = ${module}::Webhook.new(ENV.fetch("WEBHOOK_SECRET"))

post "/*" do
  body = request.body.read # the raw body, before any JSON parser
  # Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
  event = WEBHOOK.verify(body, {
    "${prefix}-id" => ${rack("ID")},
    "${prefix}-timestamp" => ${rack("TIMESTAMP")},
    "${prefix}-signature" => ${rack("SIGNATURE")}
  })
  logger.info("verified #{${rack("ID")}} #{event}")
  status 204
rescue ${module}::WebhookVerificationError
  status 400
end
`;
}

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function ruby(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const known = name && LIBRARIES[name];
  return {
    id: "ruby",
    label: "Ruby",
    grammar: "ruby",
    library: known && {
      file: "server.rb",
      install: `gem install ${known.gem} sinatra puma rackup`,
      code: library(known),
    },
    plain: { file: "server.rb", install: "gem install sinatra puma rackup", code: plain(recipe) },
  };
}
