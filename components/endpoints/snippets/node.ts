// Owns the verification code for Node.js and TypeScript.
import type { ContentSlot, Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, inner, lines, quoted, WORDS } from "./text";

const header = (name: string) => `String(request.headers[${quoted(name.toLowerCase())}] ?? "")`;

const frame = (imports: string, setup: string, check: string) => `${imports}
import { createServer, type IncomingMessage } from "node:http";

${setup}

${check}

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the raw bytes, before any JSON parser
  if (!isAuthentic(request, body)) return response.writeHead(400).end();

  const event = JSON.parse(body.toString());
  console.log("verified", event);
  response.writeHead(204).end();
}).listen(process.env.PORT ?? 3000);
`;

const EQUAL = `/** Takes the same time, whatever differs. */
function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}`;

const KEYS: Record<HmacRecipe["key"], string> = {
  utf8: `const key = Buffer.from(secret, "utf8"); // ${WORDS.wholeSecret}`,
  whsec: 'const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");',
  hex: 'const key = Buffer.from(secret, "hex");',
  base64: 'const key = Buffer.from(secret, "base64");',
};

const keySetup = (key: HmacRecipe["key"], needsUrl = false) =>
  lines(
    'const secret = process.env.WEBHOOK_SECRET ?? "";',
    'if (secret === "") throw new Error("WEBHOOK_SECRET is not set");',
    KEYS[key],
    needsUrl && 'const publicUrl = process.env.WEBHOOK_URL ?? ""; // as the sender calls it',
  );

const SLOTS = {
  id: "id",
  timestamp: "timestamp",
  method: "request.method",
  url: "publicUrl",
  path: "request.url",
} as const;

const hole = (code: string) => `\${${code}}`;

/** Text for the inside of a template string. */
const inTemplate = (text: string) => inner(text).replace(/[`$]/g, "\\$&");

/** The digest's updates: runs of text as strings, the body by itself. */
function updates(content: HmacRecipe["content"]): string {
  let made = "";
  let run: (string | { slot: Exclude<ContentSlot, "body"> })[] = [];
  const flush = () => {
    const isPlain = run.every((part) => typeof part === "string");
    const text = run
      .map((part) =>
        typeof part !== "string" ? hole(SLOTS[part.slot]) : isPlain ? inner(part) : inTemplate(part),
      )
      .join("");
    if (run.length > 0) made += `.update(${isPlain ? `"${text}"` : `\`${text}\``})`;
    run = [];
  };
  for (const part of content) {
    if (typeof part === "string") run.push(part);
    else if (part.slot !== "body") run.push({ slot: part.slot });
    else {
      flush();
      made += ".update(body)";
    }
  }
  flush();
  return made;
}

function tolerance(recipe: HmacRecipe): string {
  const [now, limit] = recipe.unit === "s" ? ["Date.now() / 1000", "300"] : ["Date.now()", "300_000"];
  return `  // ${WORDS.tolerance}
  if (!/^\\d+$/.test(timestamp) || Math.abs(${now} - Number(timestamp)) > ${limit}) return false;`;
}

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern =
    format &&
    formatPattern(
      format,
      (name) => `(?<${name}>`,
      (text) => text.replaceAll("/", "\\/"),
    );
  const inFormat = [timestamp === "format" && "timestamp", id === "format" && "id"].filter(Boolean);
  const digest = `createHmac("${recipe.hash}", key)${updates(recipe.content)}.digest("${recipe.encoding}")`;
  const list = format === null ? "given" : "signatures";
  const check = lines(
    "function isAuthentic(request: IncomingMessage, body: Buffer): boolean {",
    `  const given = ${header(recipe.header)};`,
    pattern && `  // ${formatWords(recipe)}`,
    pattern && `  const parts = /${pattern}/.exec(given)?.groups;`,
    pattern && "  if (parts === undefined) return false;",
    pattern && `  const { ${[...inFormat, "signatures"].join(", ")} } = parts as Record<string, string>;`,
    typeof id === "object" && id !== null && `  const id = ${header(id.header)};`,
    typeof timestamp === "object" && timestamp !== null && `  const timestamp = ${header(timestamp.header)};`,
    timestamp !== null && tolerance(recipe),
    "",
    `  const expected = ${affixed(recipe, digest)};`,
    separator !== null && `  // ${WORDS.several}`,
    separator === null
      ? `  return isEqual(${list}, expected);`
      : `  return ${list}.split(${quoted(separator)}).some((signature) => isEqual(signature.trim(), expected));`,
    "}",
    "",
    EQUAL,
  );
  const needsUrl = recipe.content.some((part) => typeof part !== "string" && part.slot === "url");
  return frame(
    'import { createHmac, timingSafeEqual } from "node:crypto";',
    keySetup(recipe.key, needsUrl),
    check,
  );
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const setup = `// whpk_…: it verifies and cannot sign.
const publicKey = (process.env.WEBHOOK_PUBLIC_KEY ?? "").replace(/^whpk_/, "");
const key = createPublicKey({
  key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey, "base64").toString("base64url") },
  format: "jwk",
});`;
  const check = `function isAuthentic(request: IncomingMessage, body: Buffer): boolean {
  const id = ${header(`${prefix}-id`)};
  const timestamp = ${header(`${prefix}-timestamp`)};
  // ${WORDS.tolerance}
  if (!/^\\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;

  const signed = Buffer.concat([Buffer.from(\`\${id}.\${timestamp}.\`), body]);
  // ${WORDS.several}
  return ${header(`${prefix}-signature`)}.split(" ").some((signature) => {
    const [version, value = ""] = signature.split(",");
    return version === "v1a" && verify(null, signed, key, Buffer.from(value, "base64"));
  });
}`;
  return frame('import { createPublicKey, verify } from "node:crypto";', setup, check);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const line = (name: string) => {
    if (name === "(request-target)") return `    \`(request-target): post ${hole("request.url")}\`,`;
    if (name === "(expires)") return `    \`(expires): ${hole("params.expires")}\`,`;
    return `    \`${inTemplate(name)}: ${hole(`request.headers[${quoted(name)}]`)}\`,`;
  };
  const hash = `createHash("sha256").update(body).digest("${digest.encoding}")`;
  const check = lines(
    "function isAuthentic(request: IncomingMessage, body: Buffer): boolean {",
    `  const found = ${header(recipe.header)}.matchAll(/(\\w+)=(?:"([^"]*)"|(\\d+))/g);`,
    "  const params = Object.fromEntries([...found].map(([, name, text, number]) => [name, text ?? number]));",
    `  // ${WORDS.covered}`,
    `  if (params.headers !== ${quoted(recipe.names.join(" "))}) return false;`,
    `  if (params.algorithm !== "hmac-${recipe.hash}") return false;`,
    recipe.hasExpiry && "  if (!(Number(params.expires) >= Math.floor(Date.now() / 1000))) return false;",
    recipe.hasDate && `  // ${WORDS.tolerance}`,
    recipe.hasDate &&
      '  if (!(Math.abs(Date.now() - Date.parse(request.headers.date ?? "")) <= 300_000)) return false;',
    `  const hash = ${affixed(digest, hash)};`,
    `  if (!isEqual(${header(digest.header)}, hash)) return false;`,
    "",
    `  // ${WORDS.proxy}`,
    "  const signed = [",
    ...recipe.names.map(line),
    '  ].join("\\n");',
    `  const expected = createHmac("${recipe.hash}", key).update(signed).digest("${recipe.encoding}");`,
    '  return isEqual(params.signature ?? "", expected);',
    "}",
    "",
    EQUAL,
  );
  const imports = 'import { createHash, createHmac, timingSafeEqual } from "node:crypto";';
  return frame(imports, keySetup(recipe.key), check);
}

const library = (name: string, prefix: string) => `import { createServer } from "node:http";
import { Webhook } from "${name}";

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? "");

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString(); // the raw body, before any JSON parser
  try {
    // Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
    const event = webhook.verify(body, request.headers as Record<string, string>);
    console.log("verified", request.headers["${prefix}-id"], event);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(process.env.PORT ?? 3000);
`;

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function node(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const prefix = name === "svix" ? "svix" : "webhook";
  return {
    id: "node",
    label: "Node.js",
    grammar: "typescript",
    library: name && { file: "server.ts", install: `npm install ${name}`, code: library(name, prefix) },
    plain: { file: "server.ts", install: null, code: plain(recipe) },
  };
}
