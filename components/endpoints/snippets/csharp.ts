// Owns the verification code for C# (ASP.NET Core, .NET 8 and later).
import type { Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, lines, quoted, WORDS } from "./text";

const header = (name: string) => `request.Headers[${quoted(name)}].ToString()`;
const verbatim = (text: string) => `@"${text.replaceAll('"', '""')}"`;

const frame = (usings: readonly string[], setup: string, check: string) =>
  lines(
    ...[...new Set(usings)].sort().map((name) => `using ${name};`),
    "",
    setup,
    'var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";',
    "var app = WebApplication.Create(args);",
    "",
    check,
    "",
    'app.MapPost("/{**path}", async (HttpRequest request, ILogger<Program> logger) =>',
    "{",
    "    // The raw bytes, before any JSON parser.",
    "    using var buffer = new MemoryStream();",
    "    await request.Body.CopyToAsync(buffer);",
    "    if (!IsAuthentic(request, buffer.ToArray()))",
    "    {",
    "        return Results.BadRequest();",
    "    }",
    '    logger.LogInformation("verified {Body}", Encoding.UTF8.GetString(buffer.ToArray()));',
    "    return Results.NoContent();",
    "});",
    "",
    'app.Run($"http://*:{port}");',
    "",
  );

const SECRET = 'var secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!;';
const KEYS: Record<HmacRecipe["key"], string> = {
  utf8: `var key = Encoding.UTF8.GetBytes(secret); // ${WORDS.wholeSecret}`,
  whsec: 'var key = Convert.FromBase64String(secret.StartsWith("whsec_") ? secret[6..] : secret);',
  hex: "var key = Convert.FromHexString(secret);",
  base64: "var key = Convert.FromBase64String(secret);",
};
const keySetup = (key: HmacRecipe["key"]) => `${SECRET}\n${KEYS[key]}`;

const RAW_TARGET = "request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget";
const SLOTS = {
  id: "id",
  timestamp: "timestamp",
  method: "request.Method",
  url: 'Environment.GetEnvironmentVariable("WEBHOOK_URL")',
  path: RAW_TARGET,
} as const;

/** The bytes to sign as parts of one array: runs of text, the body by itself. */
function signedContent(content: HmacRecipe["content"]): string {
  const made: string[] = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length > 0) made.push(`.. Encoding.UTF8.GetBytes(${run.join(" + ")})`);
    run = [];
  };
  for (const part of content) {
    if (typeof part === "string") run.push(quoted(part));
    else if (part.slot !== "body") run.push(SLOTS[part.slot]);
    else {
      flush();
      made.push(".. body");
    }
  }
  flush();
  return made.length === 1 && made[0] === ".. body" ? "body" : `[${made.join(", ")}]`;
}

const CLASSES = { sha256: "HMACSHA256", sha1: "HMACSHA1", sha512: "HMACSHA512" } as const;
const encode = (encoding: "hex" | "base64", bytes: string) =>
  encoding === "hex"
    ? `Convert.ToHexString(${bytes}).ToLowerInvariant()`
    : `Convert.ToBase64String(${bytes})`;

const tolerance = (unit: "s" | "ms") => {
  const [now, limit] = unit === "s" ? ["ToUnixTimeSeconds", "300"] : ["ToUnixTimeMilliseconds", "300_000"];
  return `    // ${WORDS.tolerance}
    if (!long.TryParse(timestamp, out var sent)
        || Math.abs(DateTimeOffset.UtcNow.${now}() - sent) > ${limit})
    {
        return false;
    }`.replace("Math.abs", "Math.Abs");
};

const EQUAL = `// Takes the same time, whatever differs.
bool IsEqual(string a, string b) =>
    CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));`;

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern = format && formatPattern(format, (name) => `(?<${name}>`);
  const usings = ["System.Security.Cryptography", "System.Text"];
  if (pattern !== null) usings.push("System.Text.RegularExpressions");
  if (recipe.content.some((part) => typeof part !== "string" && part.slot === "path")) {
    usings.push("Microsoft.AspNetCore.Http.Features");
  }
  const list = format === null ? "given" : 'parts.Groups["signatures"].Value';
  const digest = `${CLASSES[recipe.hash]}.HashData(key, signed)`;
  const check = lines(
    "bool IsAuthentic(HttpRequest request, byte[] body)",
    "{",
    `    var given = ${header(recipe.header)};`,
    pattern && `    // ${formatWords(recipe)}`,
    pattern && `    var parts = Regex.Match(given, ${verbatim(pattern)});`,
    pattern && "    if (!parts.Success)\n    {\n        return false;\n    }",
    id === "format" && '    var id = parts.Groups["id"].Value;',
    timestamp === "format" && '    var timestamp = parts.Groups["timestamp"].Value;',
    typeof id === "object" && id !== null && `    var id = ${header(id.header)};`,
    typeof timestamp === "object" && timestamp !== null && `    var timestamp = ${header(timestamp.header)};`,
    timestamp !== null && tolerance(recipe.unit),
    `    byte[] signed = ${signedContent(recipe.content)};`,
    `    var expected = ${affixed(recipe, encode(recipe.encoding, digest))};`,
    separator !== null && `    // ${WORDS.several}`,
    separator === null
      ? `    return IsEqual(${list}, expected);`
      : `    return ${list}.Split(${quoted(separator)}).Any(signature => IsEqual(signature.Trim(), expected));`,
    "}",
    "",
    EQUAL,
  );
  return frame(usings, keySetup(recipe.key), check);
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const setup = `// whpk_…: it verifies and cannot sign.
var publicKey = Environment.GetEnvironmentVariable("WEBHOOK_PUBLIC_KEY")!;
var key = new Ed25519PublicKeyParameters(Convert.FromBase64String(publicKey.Replace("whpk_", "")));`;
  const check = `bool IsAuthentic(HttpRequest request, byte[] body)
{
    var id = ${header(`${prefix}-id`)};
    var timestamp = ${header(`${prefix}-timestamp`)};
${tolerance("s")}
    byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
    // ${WORDS.several}
    return ${header(`${prefix}-signature`)}.Split(' ').Any(signature =>
    {
        var bytes = new byte[64];
        if (!signature.StartsWith("v1a,") || !Convert.TryFromBase64String(signature[4..], bytes, out var size))
        {
            return false;
        }
        var verifier = new Ed25519Signer();
        verifier.Init(false, key);
        verifier.BlockUpdate(signed, 0, signed.Length);
        return size == 64 && verifier.VerifySignature(bytes);
    });
}`;
  const usings = ["System.Text", "Org.BouncyCastle.Crypto.Parameters", "Org.BouncyCastle.Crypto.Signers"];
  return frame(usings, setup, check);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const line = (name: string) => {
    if (name === "(request-target)") return `        "(request-target): post " + ${RAW_TARGET},`;
    if (name === "(expires)") return '        "(expires): " + parameters["expires"],';
    return `        ${quoted(`${name}: `)} + ${header(name)},`;
  };
  const usings = ["System.Security.Cryptography", "System.Text", "System.Text.RegularExpressions"];
  if (recipe.names.includes("(request-target)")) usings.push("Microsoft.AspNetCore.Http.Features");
  const mac = `${CLASSES[recipe.hash]}.HashData(key, Encoding.UTF8.GetBytes(signed))`;
  const check = lines(
    "bool IsAuthentic(HttpRequest request, byte[] body)",
    "{",
    "    var parameters = new Dictionary<string, string>();",
    `    foreach (Match one in Regex.Matches(${header(recipe.header)}, @"(\\w+)=(?:""([^""]*)""|(\\d+))"))`,
    "    {",
    "        parameters[one.Groups[1].Value] = one.Groups[2].Value + one.Groups[3].Value;",
    "    }",
    `    // ${WORDS.covered}`,
    `    if (parameters.GetValueOrDefault("headers") != ${quoted(recipe.names.join(" "))}`,
    `        || parameters.GetValueOrDefault("algorithm") != "hmac-${recipe.hash}")`,
    "    {\n        return false;\n    }",
    recipe.hasExpiry && '    if (!long.TryParse(parameters.GetValueOrDefault("expires"), out var expires)',
    recipe.hasExpiry && "        || expires < DateTimeOffset.UtcNow.ToUnixTimeSeconds())",
    recipe.hasExpiry && "    {\n        return false;\n    }",
    recipe.hasDate && `    // ${WORDS.tolerance}`,
    recipe.hasDate && `    if (!DateTimeOffset.TryParse(${header("date")}, out var date)`,
    recipe.hasDate && "        || (DateTimeOffset.UtcNow - date).Duration() > TimeSpan.FromMinutes(5))",
    recipe.hasDate && "    {\n        return false;\n    }",
    `    var hash = ${affixed(digest, encode(digest.encoding, "SHA256.HashData(body)"))};`,
    `    if (!IsEqual(${header(digest.header)}, hash))`,
    "    {\n        return false;\n    }",
    `    // ${WORDS.proxy}`,
    '    var signed = string.Join("\\n", new[]',
    "    {",
    ...recipe.names.map(line),
    "    });",
    `    var expected = ${encode(recipe.encoding, mac)};`,
    '    return IsEqual(parameters.GetValueOrDefault("signature", ""), expected);',
    "}",
    "",
    EQUAL,
  );
  return frame(usings, keySetup(recipe.key), check);
}

const LIBRARIES = {
  standardwebhooks: {
    package: "StandardWebhooks.StandardWebhooks",
    space: "StandardWebhooks",
    prefix: "webhook",
  },
  svix: { package: "Svix", space: "Svix", prefix: "svix" },
} as const;

const library = ({ space, prefix }: (typeof LIBRARIES)[keyof typeof LIBRARIES]) => `using System.Net;
using ${space};
using ${space}.Exceptions;

var webhook = new Webhook(Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!);
var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var app = WebApplication.Create(args);

app.MapPost("/{**path}", async (HttpRequest request, ILogger<Program> logger) =>
{
    // The raw body, before any JSON parser.
    var body = await new StreamReader(request.Body).ReadToEndAsync();
    var headers = new WebHeaderCollection();
    foreach (var name in new[] { "${prefix}-id", "${prefix}-timestamp", "${prefix}-signature" })
    {
        headers.Add(name, request.Headers[name].ToString());
    }
    try
    {
        // Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
        webhook.Verify(body, headers);
    }
    catch (WebhookVerificationException)
    {
        return Results.BadRequest();
    }
    logger.LogInformation("verified {Id}", headers["${prefix}-id"]);
    return Results.NoContent();
});

app.Run($"http://*:{port}");
`;

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function csharp(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const known = name && LIBRARIES[name];
  return {
    id: "csharp",
    label: "C#",
    grammar: "csharp",
    library: known && {
      file: "Program.cs",
      install: `dotnet add package ${known.package}`,
      code: library(known),
    },
    plain: {
      file: "Program.cs",
      install: recipe.kind === "ed25519" ? "dotnet add package BouncyCastle.Cryptography" : null,
      code: plain(recipe),
    },
  };
}
