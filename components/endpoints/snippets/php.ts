// Owns the verification code for PHP.
import type { Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, lines, WORDS } from "./text";

/** A string in single quotes, in which nothing is interpolated. */
const quoted = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;
/** A comment to the end of the line; `?>` would end the program there. */
const comment = (text: string) => `// ${text.replaceAll("?>", "? >")}`;
/** PHP's names; two headers have none of the prefix there (CGI, RFC 3875). */
const serverName = (name: string) =>
  `${/^content-(type|length)$/i.test(name) ? "" : "HTTP_"}${name.toUpperCase().replaceAll("-", "_")}`;
const header = (name: string) => `$_SERVER[${quoted(serverName(name))}] ?? ''`;

const frame = (check: string, setup: string) =>
  lines(
    "<?php",
    "// Try it: php -S localhost:3000 server.php",
    check,
    "",
    setup,
    "$body = file_get_contents('php://input'); // the raw bytes, before any JSON parser",
    "",
    "if (!is_authentic($key, $body)) {",
    "    http_response_code(400);",
    "    exit;",
    "}",
    "error_log('verified ' . $body);",
    "http_response_code(204);",
    "",
  );

const SECRET =
  "$secret = getenv('WEBHOOK_SECRET') ?: throw new RuntimeException('WEBHOOK_SECRET is not set');";
const KEYS: Record<HmacRecipe["key"], string> = {
  utf8: `$key = $secret; // ${WORDS.wholeSecret}`,
  whsec: "$key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);",
  hex: "$key = hex2bin($secret);",
  base64: "$key = base64_decode($secret, true);",
};
const keySetup = (key: HmacRecipe["key"]) => `${SECRET}\n${KEYS[key]}`;

const SLOTS = {
  id: "$id",
  timestamp: "$timestamp",
  body: "$body",
  method: "$_SERVER['REQUEST_METHOD']",
  url: "getenv('WEBHOOK_URL')",
  path: "$_SERVER['REQUEST_URI']",
} as const;

/** A text with line breaks keeps them: single quotes take them as they are. */
const signedContent = (content: HmacRecipe["content"]) =>
  content.map((part) => (typeof part === "string" ? quoted(part) : SLOTS[part.slot])).join(" . ");

const mac = ({ encoding, hash }: Pick<HmacRecipe, "encoding" | "hash">) =>
  encoding === "hex"
    ? `hash_hmac('${hash}', $signed, $key)`
    : `base64_encode(hash_hmac('${hash}', $signed, $key, true))`;

const tolerance = (unit: "s" | "ms") => {
  const [now, limit] = unit === "s" ? ["time()", "300"] : ["microtime(true) * 1000", "300_000"];
  return `    // ${WORDS.tolerance}
    if (!ctype_digit($timestamp) || abs(${now} - (int) $timestamp) > ${limit}) {
        return false;
    }`;
};

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern =
    format &&
    formatPattern(
      format,
      (name) => `(?<${name}>`,
      (text) => text.replaceAll("/", "\\/"),
    );
  const list = format === null ? "$given" : "$parts['signatures']";
  const check = lines(
    "function is_authentic(string $key, string $body): bool",
    "{",
    `    $given = ${header(recipe.header)};`,
    pattern && `    ${comment(formatWords(recipe))}`,
    pattern && `    if (!preg_match(${quoted(`/${pattern}/D`)}, $given, $parts)) {`,
    pattern && "        return false;",
    pattern && "    }",
    id === "format" && "    $id = $parts['id'];",
    timestamp === "format" && "    $timestamp = $parts['timestamp'];",
    typeof id === "object" && id !== null && `    $id = ${header(id.header)};`,
    typeof timestamp === "object" && timestamp !== null && `    $timestamp = ${header(timestamp.header)};`,
    timestamp !== null && tolerance(recipe.unit),
    `    $signed = ${signedContent(recipe.content)};`,
    `    $expected = ${affixed(recipe, mac(recipe), quoted, " . ")};`,
    separator === null && `    return hash_equals($expected, ${list});`,
    separator !== null && `    // ${WORDS.several}`,
    separator !== null && `    foreach (explode(${quoted(separator)}, ${list}) as $signature) {`,
    separator !== null && "        if (hash_equals($expected, trim($signature))) {",
    separator !== null && "            return true;\n        }\n    }\n    return false;",
    "}",
  );
  return frame(check, keySetup(recipe.key));
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const check = `function is_authentic(string $key, string $body): bool
{
    $id = ${header(`${prefix}-id`)};
    $timestamp = ${header(`${prefix}-timestamp`)};
${tolerance("s")}
    // ${WORDS.several}
    foreach (explode(' ', ${header(`${prefix}-signature`)}) as $signature) {
        [$version, $value] = explode(',', $signature, 2) + ['', ''];
        $bytes = base64_decode($value, true);
        if ($version === 'v1a' && $bytes !== false && strlen($bytes) === SODIUM_CRYPTO_SIGN_BYTES
            && sodium_crypto_sign_verify_detached($bytes, "$id.$timestamp.$body", $key)) {
            return true;
        }
    }
    return false;
}`;
  const setup = `// whpk_…: it verifies and cannot sign.
$public = getenv('WEBHOOK_PUBLIC_KEY') ?: throw new RuntimeException('WEBHOOK_PUBLIC_KEY is not set');
$key = base64_decode(preg_replace('/^whpk_/', '', $public), true);`;
  return frame(check, setup);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const line = (name: string) => {
    if (name === "(request-target)") return "        '(request-target): post ' . $_SERVER['REQUEST_URI'],";
    if (name === "(expires)") return "        '(expires): ' . $params['expires'],";
    return `        ${quoted(`${name}: `)} . (${header(name)}),`;
  };
  const hash =
    digest.encoding === "hex" ? "hash('sha256', $body)" : "base64_encode(hash('sha256', $body, true))";
  const check = lines(
    "function is_authentic(string $key, string $body): bool",
    "{",
    `    preg_match_all('/(\\w+)=(?:"([^"]*)"|(\\d+))/', ${header(recipe.header)}, $found, PREG_SET_ORDER);`,
    "    $params = [];",
    "    foreach ($found as $one) {",
    "        $params[$one[1]] = $one[2] . ($one[3] ?? '');",
    "    }",
    `    // ${WORDS.covered}`,
    `    if (($params['headers'] ?? '') !== ${quoted(recipe.names.join(" "))} || ($params['algorithm'] ?? '') !== 'hmac-${recipe.hash}') {`,
    "        return false;",
    "    }",
    recipe.hasExpiry && "    if ((int) ($params['expires'] ?? 0) < time()) {\n        return false;\n    }",
    recipe.hasDate && `    // ${WORDS.tolerance}`,
    recipe.hasDate && `    $date = strtotime(${header("date")});`,
    recipe.hasDate && "    if ($date === false || abs(time() - $date) > 300) {\n        return false;\n    }",
    `    $digest = ${affixed(digest, hash, quoted, " . ")};`,
    `    if (!hash_equals($digest, ${header(digest.header)})) {`,
    "        return false;",
    "    }",
    `    // ${WORDS.proxy}`,
    '    $signed = implode("\\n", [',
    ...recipe.names.map(line),
    "    ]);",
    `    return hash_equals(${mac(recipe)}, $params['signature'] ?? '');`,
    "}",
  );
  return frame(check, keySetup(recipe.key));
}

const LIBRARIES = {
  standardwebhooks: {
    package: "standard-webhooks/standard-webhooks",
    space: "StandardWebhooks",
    prefix: "webhook",
  },
  svix: { package: "svix/svix", space: "Svix", prefix: "svix" },
} as const;

function library({ space, prefix }: (typeof LIBRARIES)[keyof typeof LIBRARIES]): string {
  const server = (part: string) => `$_SERVER['HTTP_${prefix.toUpperCase()}_${part}']`;
  return `<?php
// Try it: php -S localhost:3000 server.php
require __DIR__ . '/vendor/autoload.php';

use ${space}\\Exception\\WebhookVerificationException;
use ${space}\\Webhook;

$webhook = new Webhook(getenv('WEBHOOK_SECRET'));
$body = file_get_contents('php://input'); // the raw body, before any JSON parser

try {
    // Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
    $event = $webhook->verify($body, [
        '${prefix}-id' => ${server("ID")} ?? null,
        '${prefix}-timestamp' => ${server("TIMESTAMP")} ?? null,
        '${prefix}-signature' => ${server("SIGNATURE")} ?? null,
    ]);
    error_log('verified ' . ${server("ID")});
    http_response_code(204);
} catch (WebhookVerificationException) {
    http_response_code(400);
}
`;
}

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function php(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const known = name && LIBRARIES[name];
  return {
    id: "php",
    label: "PHP",
    grammar: "php",
    library: known && {
      file: "server.php",
      install: `composer require ${known.package}`,
      code: library(known),
    },
    plain: { file: "server.php", install: null, code: plain(recipe) },
  };
}
