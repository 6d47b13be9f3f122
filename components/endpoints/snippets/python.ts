// Owns the verification code for Python.
import type { Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, inner, lines, quoted, WORDS } from "./text";

const header = (name: string) => `request.headers.get(${quoted(name)}, "")`;

/** `modules` are sorted, standard library only; `third` comes after them. */
const frame = (modules: readonly string[], third: string | null, setup: string, check: string) =>
  lines(
    ...[...new Set([...modules, "json", "os"])].sort().map((name) => `import ${name}`),
    "from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer",
    third && `\n${third}`,
    "",
    setup,
    "",
    "",
    check,
    "",
    "",
    "class Handler(BaseHTTPRequestHandler):",
    "    def do_POST(self):",
    "        # The raw bytes, before any JSON parser.",
    '        body = self.rfile.read(int(self.headers["content-length"]))',
    "        if is_authentic(self, body):",
    "            event = json.loads(body)",
    '            print("verified", repr(event))',
    "            self.send_response(204)",
    "        else:",
    "            self.send_response(400)",
    "        self.end_headers()",
    "",
    "",
    'ThreadingHTTPServer(("", int(os.environ.get("PORT", "3000"))), Handler).serve_forever()',
    "",
  );

const SECRET = 'os.environ["WEBHOOK_SECRET"]';
const KEYS: Record<HmacRecipe["key"], { setup: string; module: string | null }> = {
  utf8: { setup: `KEY = ${SECRET}.encode()  # ${WORDS.wholeSecret}`, module: null },
  whsec: { setup: `KEY = base64.b64decode(${SECRET}.removeprefix("whsec_"))`, module: "base64" },
  hex: { setup: `KEY = bytes.fromhex(${SECRET})`, module: null },
  base64: { setup: `KEY = base64.b64decode(${SECRET})`, module: "base64" },
};

const SLOTS = {
  id: "msg_id",
  timestamp: "timestamp",
  method: "request.command",
  url: "PUBLIC_URL",
  path: "request.path",
} as const;

/** Bytes to sign: f-strings for runs of text, the body by itself. */
function signedContent(content: HmacRecipe["content"]): string {
  const made: string[] = [];
  let text = "";
  let isPlain = true;
  const flush = () => {
    if (text !== "") made.push(`${isPlain ? "" : "f"}"${text}".encode()`);
    text = "";
    isPlain = true;
  };
  for (const part of content) {
    if (typeof part === "string") text += inner(part);
    else if (part.slot !== "body") {
      text += `{${SLOTS[part.slot]}}`;
      isPlain = false;
    } else {
      flush();
      made.push("body");
    }
  }
  flush();
  return made.join(" + ");
}

function mac(encoding: HmacRecipe["encoding"], key: string, message: string, hash: string): string {
  const digest = `hmac.new(${key}, ${message}, hashlib.${hash})`;
  return encoding === "hex" ? `${digest}.hexdigest()` : `base64.b64encode(${digest}.digest()).decode()`;
}

const tolerance = (unit: "s" | "ms") => {
  const [now, limit] = unit === "s" ? ["time.time()", "300"] : ["time.time() * 1000", "300_000"];
  return `    # ${WORDS.tolerance}
    if not timestamp.isdecimal() or abs(${now} - int(timestamp)) > ${limit}:
        return False`;
};

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern = format && formatPattern(format, (name) => `(?P<${name}>`);
  const needsUrl = recipe.content.some((part) => typeof part !== "string" && part.slot === "url");
  const key = KEYS[recipe.key];
  const modules = ["hashlib", "hmac"];
  if (key.module !== null) modules.push(key.module);
  if (recipe.encoding === "base64") modules.push("base64");
  if (pattern !== null) modules.push("re");
  if (timestamp !== null) modules.push("time");
  const list = format === null ? "given" : 'parts["signatures"]';
  const compare = (name: string) => `hmac.compare_digest(${name}.encode(), expected.encode())`;
  const check = lines(
    "def is_authentic(request, body: bytes) -> bool:",
    `    given = ${header(recipe.header)}`,
    pattern && `    # ${formatWords(recipe)}`,
    pattern && `    parts = re.fullmatch(${quoted(pattern)}, given)`,
    pattern && "    if parts is None:",
    pattern && "        return False",
    id === "format" && '    msg_id = parts["id"]',
    timestamp === "format" && '    timestamp = parts["timestamp"]',
    typeof id === "object" && id !== null && `    msg_id = ${header(id.header)}`,
    typeof timestamp === "object" && timestamp !== null && `    timestamp = ${header(timestamp.header)}`,
    timestamp !== null && tolerance(recipe.unit),
    `    signed = ${signedContent(recipe.content)}`,
    `    expected = ${affixed(recipe, mac(recipe.encoding, "KEY", "signed", recipe.hash))}`,
    separator !== null && `    # ${WORDS.several}`,
    separator === null
      ? `    return ${compare(list)}`
      : `    return any(\n        ${compare("signature.strip()")}\n        for signature in ${list}.split(${quoted(separator)})\n    )`,
  );
  const setup = lines(
    key.setup,
    needsUrl && 'PUBLIC_URL = os.environ["WEBHOOK_URL"]  # as the sender calls it',
  );
  return frame(modules, null, setup, check);
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const third = `from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey`;
  const setup = `# whpk_…: it verifies and cannot sign.
PUBLIC_KEY = base64.b64decode(os.environ["WEBHOOK_PUBLIC_KEY"].removeprefix("whpk_"))
KEY = Ed25519PublicKey.from_public_bytes(PUBLIC_KEY)`;
  const check = `def is_authentic(request, body: bytes) -> bool:
    msg_id = ${header(`${prefix}-id`)}
    timestamp = ${header(`${prefix}-timestamp`)}
${tolerance("s")}
    signed = f"{msg_id}.{timestamp}.".encode() + body
    # ${WORDS.several}
    for signature in ${header(`${prefix}-signature`)}.split(" "):
        version, _, value = signature.partition(",")
        try:
            if version == "v1a":
                KEY.verify(base64.b64decode(value), signed)
                return True
        except (InvalidSignature, ValueError):
            continue
    return False`;
  return frame(["base64", "time"], third, setup, check);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const key = KEYS[recipe.key];
  const line = (name: string) => {
    if (name === "(request-target)") return '            f"(request-target): post {request.path}",';
    if (name === "(expires)") return `            f"(expires): {params['expires']}",`;
    return `            ${quoted(`${name}: `)} + ${header(name)},`;
  };
  const hash = `hashlib.sha256(body)`;
  const encoded =
    digest.encoding === "hex" ? `${hash}.hexdigest()` : `base64.b64encode(${hash}.digest()).decode()`;
  const modules = ["hashlib", "hmac", "re", "time"];
  if (key.module !== null || digest.encoding === "base64" || recipe.encoding === "base64")
    modules.push("base64");
  const check = lines(
    "def is_authentic(request, body: bytes) -> bool:",
    `    found = re.findall(r'(\\w+)=(?:"([^"]*)"|(\\d+))', ${header(recipe.header)})`,
    "    params = {name: text or number for name, text, number in found}",
    `    # ${WORDS.covered}`,
    `    if params.get("headers") != ${quoted(recipe.names.join(" "))}:`,
    "        return False",
    `    if params.get("algorithm") != "hmac-${recipe.hash}":`,
    "        return False",
    recipe.hasExpiry && '    if int(params.get("expires", 0)) < int(time.time()):',
    recipe.hasExpiry && "        return False",
    recipe.hasDate && `    # ${WORDS.tolerance}`,
    recipe.hasDate && "    try:",
    recipe.hasDate && `        date = parsedate_to_datetime(${header("date")})`,
    recipe.hasDate && "    except (TypeError, ValueError):",
    recipe.hasDate && "        return False",
    recipe.hasDate && "    if abs(time.time() - date.timestamp()) > 300:",
    recipe.hasDate && "        return False",
    `    digest = ${affixed(digest, encoded)}`,
    `    if not hmac.compare_digest(${header(digest.header)}.encode(), digest.encode()):`,
    "        return False",
    `    # ${WORDS.proxy}`,
    '    signed = "\\n".join(',
    "        [",
    ...recipe.names.map(line),
    "        ]",
    "    )",
    `    expected = ${mac(recipe.encoding, "KEY", "signed.encode()", recipe.hash)}`,
    '    return hmac.compare_digest(params.get("signature", "").encode(), expected.encode())',
  );
  const code = frame(modules, null, key.setup, check);
  return recipe.hasDate
    ? code.replace("from http.server", "from email.utils import parsedate_to_datetime\nfrom http.server")
    : code;
}

const library = (name: string, prefix: string) => `import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ${name}.webhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["WEBHOOK_SECRET"])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        # The raw body, before any JSON parser.
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            # Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
            event = webhook.verify(body, dict(self.headers))
        except WebhookVerificationError:
            self.send_response(400)
        else:
            print("verified", self.headers["${prefix}-id"], event)
            self.send_response(204)
        self.end_headers()


ThreadingHTTPServer(("", int(os.environ.get("PORT", "3000"))), Handler).serve_forever()
`;

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function python(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const prefix = name === "svix" ? "svix" : "webhook";
  return {
    id: "python",
    label: "Python",
    grammar: "python",
    library: name && { file: "server.py", install: `pip install ${name}`, code: library(name, prefix) },
    plain: {
      file: "server.py",
      install: recipe.kind === "ed25519" ? "pip install cryptography" : null,
      code: plain(recipe),
    },
  };
}
