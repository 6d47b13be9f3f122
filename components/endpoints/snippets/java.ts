// Owns the verification code for Java 17 and later.
import type { Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, lines, quoted, WORDS } from "./text";

const header = (name: string) => `header(headers, ${quoted(name)})`;

const BASE = [
  "com.sun.net.httpserver.Headers",
  "com.sun.net.httpserver.HttpExchange",
  "com.sun.net.httpserver.HttpServer",
  "java.net.InetSocketAddress",
  "java.nio.charset.StandardCharsets",
];

const HEADER = `    static String header(Headers headers, String name) {
        var value = headers.getFirst(name);
        return value == null ? "" : value;
    }`;

function frame(imports: readonly string[], members: string, keyType: string, setup: string): string {
  const sorted = [...new Set([...BASE, ...imports])].sort();
  return lines(
    ...sorted.map((name) => `import ${name};`),
    "",
    "public class Server {",
    members,
    "",
    HEADER,
    "",
    "    public static void main(String[] args) throws Exception {",
    setup,
    '        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));',
    "        var server = HttpServer.create(new InetSocketAddress(port), 0);",
    '        server.createContext("/", exchange -> {',
    "            // The raw bytes, before any JSON parser.",
    "            byte[] body = exchange.getRequestBody().readAllBytes();",
    "            int status = 400;",
    "            try {",
    "                if (isAuthentic(key, exchange, body)) {",
    '                    System.out.println("verified " + new String(body, StandardCharsets.UTF_8));',
    "                    status = 204;",
    "                }",
    "            } catch (Exception e) {",
    "                // What cannot be read is not authentic.",
    "            }",
    "            exchange.sendResponseHeaders(status, -1);",
    "            exchange.close();",
    "        });",
    "        server.start();",
    "    }",
    "}",
    "",
  ).replaceAll("KEY_TYPE", keyType);
}

const SECRET = 'System.getenv("WEBHOOK_SECRET")';
const KEYS: Record<HmacRecipe["key"], { setup: string; imports: string[] }> = {
  utf8: {
    setup: `        byte[] key = ${SECRET}.getBytes(StandardCharsets.UTF_8); // ${WORDS.wholeSecret}`,
    imports: [],
  },
  whsec: {
    setup: `        var secret = ${SECRET}.replaceFirst("^whsec_", "");
        byte[] key = Base64.getDecoder().decode(secret);`,
    imports: ["java.util.Base64"],
  },
  hex: {
    setup: `        byte[] key = HexFormat.of().parseHex(${SECRET});`,
    imports: ["java.util.HexFormat"],
  },
  base64: {
    setup: `        byte[] key = Base64.getDecoder().decode(${SECRET});`,
    imports: ["java.util.Base64"],
  },
};

const ALGORITHMS = { sha256: "HmacSHA256", sha1: "HmacSHA1", sha512: "HmacSHA512" } as const;
const encoder = (encoding: "hex" | "base64") =>
  encoding === "hex" ? "java.util.HexFormat" : "java.util.Base64";
const encode = (encoding: "hex" | "base64", bytes: string) =>
  encoding === "hex" ? `HexFormat.of().formatHex(${bytes})` : `Base64.getEncoder().encodeToString(${bytes})`;

const SLOTS = {
  id: "id",
  timestamp: "timestamp",
  method: "exchange.getRequestMethod()",
  url: 'System.getenv("WEBHOOK_URL")',
  path: "exchange.getRequestURI()",
} as const;

function updates(content: HmacRecipe["content"]): string {
  const made: string[] = [];
  let run: string[] = [];
  const flush = () => {
    // An empty text first makes every sum one of texts.
    const isText = run.some((part) => part.startsWith('"'));
    const sum = (isText ? run : ['""', ...run]).join(" + ");
    if (run.length > 0) made.push(`        mac.update((${sum}).getBytes(StandardCharsets.UTF_8));`);
    run = [];
  };
  for (const part of content) {
    if (typeof part === "string") run.push(quoted(part));
    else if (part.slot !== "body") run.push(SLOTS[part.slot]);
    else {
      flush();
      made.push("        mac.update(body);");
    }
  }
  flush();
  return made.join("\n");
}

const tolerance = (unit: "s" | "ms") => {
  const [now, limit] =
    unit === "s" ? ["Instant.now().getEpochSecond()", "300"] : ["System.currentTimeMillis()", "300_000"];
  return `        // ${WORDS.tolerance}
        if (!timestamp.matches("\\\\d{1,16}") || Math.abs(${now} - Long.parseLong(timestamp)) > ${limit}) {
            return false;
        }`;
};

const EQUAL = "MessageDigest.isEqual";

const newMac = (hash: HmacRecipe["hash"]) => `        var mac = Mac.getInstance("${ALGORITHMS[hash]}");
        mac.init(new SecretKeySpec(key, "${ALGORITHMS[hash]}"));`;
const MAC_IMPORTS = ["java.security.MessageDigest", "javax.crypto.Mac", "javax.crypto.spec.SecretKeySpec"];
const SIGNATURE =
  "    static boolean isAuthentic(KEY_TYPE key, HttpExchange exchange, byte[] body) throws Exception {";

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern = format && formatPattern(format, (name) => `(?<${name}>`);
  const key = KEYS[recipe.key];
  const imports = [...MAC_IMPORTS, encoder(recipe.encoding), ...key.imports];
  if (pattern !== null) imports.push("java.util.regex.Pattern");
  if (timestamp !== null && recipe.unit === "s") imports.push("java.time.Instant");
  if (separator !== null) imports.push("java.util.regex.Pattern");
  const list = format === null ? "given" : 'parts.group("signatures")';
  const equal = (name: string) => `${EQUAL}(${name}.getBytes(), expected.getBytes())`;
  const members = lines(
    pattern && `    // ${formatWords(recipe)}`,
    pattern && `    static final Pattern FORM = Pattern.compile(${quoted(pattern)});\n`,
    SIGNATURE,
    "        var headers = exchange.getRequestHeaders();",
    `        var given = ${header(recipe.header)};`,
    pattern && "        var parts = FORM.matcher(given);",
    pattern && "        if (!parts.matches()) {\n            return false;\n        }",
    id === "format" && '        var id = parts.group("id");',
    timestamp === "format" && '        var timestamp = parts.group("timestamp");',
    typeof id === "object" && id !== null && `        var id = ${header(id.header)};`,
    typeof timestamp === "object" &&
      timestamp !== null &&
      `        var timestamp = ${header(timestamp.header)};`,
    timestamp !== null && tolerance(recipe.unit),
    newMac(recipe.hash),
    updates(recipe.content),
    `        var expected = ${affixed(recipe, encode(recipe.encoding, "mac.doFinal()"))};`,
    separator === null && `        return ${equal(list)};`,
    separator !== null && `        // ${WORDS.several}`,
    separator !== null &&
      `        for (var signature : ${list}.split(Pattern.quote(${quoted(separator)}))) {`,
    separator !== null && `            if (${equal("signature.trim()")}) {`,
    separator !== null && "                return true;\n            }\n        }\n        return false;",
    "    }",
  );
  return frame(imports, members, "byte[]", key.setup);
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const members = `${SIGNATURE}
        var headers = exchange.getRequestHeaders();
        var id = ${header(`${prefix}-id`)};
        var timestamp = ${header(`${prefix}-timestamp`)};
${tolerance("s")}
        // ${WORDS.several}
        for (var signature : ${header(`${prefix}-signature`)}.split(" ")) {
            if (!signature.matches("v1a,[A-Za-z0-9+/]{86}==")) {
                continue;
            }
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            verifier.update(body);
            if (verifier.verify(Base64.getDecoder().decode(signature.substring(4)))) {
                return true;
            }
        }
        return false;
    }`;
  const setup = `        // whpk_…: it verifies and cannot sign. The bytes before it say that it is an Ed25519 key (RFC 8410).
        var raw = Base64.getDecoder().decode(System.getenv("WEBHOOK_PUBLIC_KEY").replaceFirst("^whpk_", ""));
        var encoded = HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(raw));
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));`;
  const imports = [
    "java.security.KeyFactory",
    "java.security.PublicKey",
    "java.security.Signature",
    "java.security.spec.X509EncodedKeySpec",
    "java.time.Instant",
    "java.util.Base64",
    "java.util.HexFormat",
  ];
  return frame(imports, members, "PublicKey", setup);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const key = KEYS[recipe.key];
  const imports = [...MAC_IMPORTS, encoder(recipe.encoding), encoder(digest.encoding), ...key.imports];
  imports.push("java.util.HashMap", "java.util.regex.Pattern");
  if (recipe.hasDate || recipe.hasExpiry) imports.push("java.time.Instant");
  if (recipe.hasDate) imports.push("java.time.ZonedDateTime", "java.time.format.DateTimeFormatter");
  const line = (name: string) => {
    if (name === "(request-target)") return '"(request-target): post " + exchange.getRequestURI()';
    if (name === "(expires)") return '"(expires): " + params.get("expires")';
    return `${quoted(`${name}: `)} + ${header(name)}`;
  };
  const members = lines(
    '    static final Pattern PARAM = Pattern.compile("(\\\\w+)=(?:\\"([^\\"]*)\\"|(\\\\d+))");',
    "",
    SIGNATURE,
    "        var headers = exchange.getRequestHeaders();",
    "        var params = new HashMap<String, String>();",
    `        var found = PARAM.matcher(${header(recipe.header)});`,
    "        while (found.find()) {",
    "            params.put(found.group(1), found.group(2) != null ? found.group(2) : found.group(3));",
    "        }",
    `        // ${WORDS.covered}`,
    `        if (!${quoted(recipe.names.join(" "))}.equals(params.get("headers"))`,
    `            || !"hmac-${recipe.hash}".equals(params.get("algorithm"))) {`,
    "            return false;",
    "        }",
    recipe.hasExpiry &&
      '        if (Long.parseLong(params.getOrDefault("expires", "0")) < Instant.now().getEpochSecond()) {\n            return false;\n        }',
    recipe.hasDate && `        // ${WORDS.tolerance}`,
    recipe.hasDate &&
      `        var date = ZonedDateTime.parse(${header("date")}, DateTimeFormatter.RFC_1123_DATE_TIME);`,
    recipe.hasDate &&
      "        if (Math.abs(Instant.now().getEpochSecond() - date.toEpochSecond()) > 300) {\n            return false;\n        }",
    '        var hash = MessageDigest.getInstance("SHA-256").digest(body);',
    `        var digest = ${affixed(digest, encode(digest.encoding, "hash"))};`,
    `        if (!${EQUAL}(${header(digest.header)}.getBytes(), digest.getBytes())) {`,
    "            return false;",
    "        }",
    `        // ${WORDS.proxy}`,
    '        var signed = String.join("\\n",',
    recipe.names.map((name) => `            ${line(name)}`).join(",\n"),
    "        );",
    newMac(recipe.hash),
    "        mac.update(signed.getBytes(StandardCharsets.UTF_8));",
    `        var expected = ${encode(recipe.encoding, "mac.doFinal()")};`,
    `        return ${EQUAL}(params.getOrDefault("signature", "").getBytes(), expected.getBytes());`,
    "    }",
  );
  return frame(imports, members, "byte[]", key.setup);
}

const LIBRARIES = {
  standardwebhooks: {
    install: "com.standardwebhooks:standardwebhooks",
    space: "com.standardwebhooks",
    prefix: "webhook",
  },
  svix: { install: "com.svix:svix", space: "com.svix", prefix: "svix" },
} as const;

const library = ({ space, prefix }: (typeof LIBRARIES)[keyof typeof LIBRARIES]) => `import ${space}.Webhook;
import ${space}.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

public class Server {
    public static void main(String[] args) throws Exception {
        var webhook = new Webhook(System.getenv("WEBHOOK_SECRET"));
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            // The raw body, before any JSON parser.
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true);
            int status = 204;
            try {
                // Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
                webhook.verify(body, headers);
                System.out.println("verified " + body);
            } catch (WebhookVerificationException e) {
                status = 400;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }
}
`;

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function java(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const known = name && LIBRARIES[name];
  return {
    id: "java",
    label: "Java",
    grammar: "java",
    library: known && { file: "Server.java", install: known.install, code: library(known) },
    plain: { file: "Server.java", install: null, code: plain(recipe) },
  };
}
