// Owns the verification code for Go.
import type { Ed25519Recipe, HmacRecipe, HttpSignatureRecipe, Recipe } from "./recipe";
import type { Snippet } from "./snippet";
import { affixed, formatPattern, formatWords, lines, quoted, WORDS } from "./text";

const header = (name: string) => `r.Header.Get(${quoted(name)})`;

/** What every program needs. */
const BASE = ["io", "log", "net/http", "os"];

function frame(imports: readonly string[], functions: string, setup: string): string {
  const sorted = [...new Set([...BASE, ...imports])].sort();
  return lines(
    "package main",
    "",
    "import (",
    ...sorted.map((name) => `\t"${name}"`),
    ")",
    "",
    functions,
    "",
    "func main() {",
    setup,
    '\thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {',
    "\t\tbody, err := io.ReadAll(r.Body) // the raw bytes, before any JSON decoder",
    "\t\tif err != nil || !isAuthentic(key, r, body) {",
    '\t\t\thttp.Error(w, "not authentic", http.StatusBadRequest)',
    "\t\t\treturn",
    "\t\t}",
    '\t\tlog.Printf("verified %s", body)',
    "\t\tw.WriteHeader(http.StatusNoContent)",
    "\t})",
    '\tport := os.Getenv("PORT")',
    '\tif port == "" {',
    '\t\tport = "3000"',
    "\t}",
    '\tlog.Fatal(http.ListenAndServe(":"+port, nil))',
    "}",
    "",
  );
}

const SECRET = 'os.Getenv("WEBHOOK_SECRET")';
const KEYS: Record<HmacRecipe["key"], { setup: string; imports: string[] }> = {
  utf8: {
    setup: `\tkey := []byte(${SECRET}) // ${WORDS.wholeSecret}
\tif len(key) == 0 {
\t\tlog.Fatal("WEBHOOK_SECRET is not set")
\t}`,
    imports: [],
  },
  whsec: {
    setup: decoded(`base64.StdEncoding.DecodeString(strings.TrimPrefix(${SECRET}, "whsec_"))`),
    imports: ["encoding/base64", "strings"],
  },
  hex: { setup: decoded(`hex.DecodeString(${SECRET})`), imports: ["encoding/hex"] },
  base64: { setup: decoded(`base64.StdEncoding.DecodeString(${SECRET})`), imports: ["encoding/base64"] },
};

function decoded(call: string): string {
  return `\tkey, err := ${call}
\tif err != nil || len(key) == 0 {
\t\tlog.Fatal("WEBHOOK_SECRET is not set, or not what was shown")
\t}`;
}

const encode = (encoding: "hex" | "base64", bytes: string) =>
  encoding === "hex" ? `hex.EncodeToString(${bytes})` : `base64.StdEncoding.EncodeToString(${bytes})`;
const encoder = (encoding: "hex" | "base64") => `encoding/${encoding}`;

const SLOTS = {
  id: "id",
  timestamp: "timestamp",
  method: "r.Method",
  url: 'os.Getenv("WEBHOOK_URL")',
  path: "r.URL.RequestURI()",
} as const;

/** Lines that write what is signed: runs of text as one string, the body by itself. */
function writes(content: HmacRecipe["content"]): string {
  const made: string[] = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length > 0) made.push(`\tmac.Write([]byte(${run.join(" + ")}))`);
    run = [];
  };
  for (const part of content) {
    if (typeof part === "string") run.push(quoted(part));
    else if (part.slot !== "body") run.push(SLOTS[part.slot]);
    else {
      flush();
      made.push("\tmac.Write(body)");
    }
  }
  flush();
  return made.join("\n");
}

const tolerance = (unit: "s" | "ms") => `\tsent, err := strconv.ParseInt(timestamp, 10, 64)
\t// ${WORDS.tolerance}
\tif err != nil || time.Since(${unit === "s" ? "time.Unix(sent, 0)" : "time.UnixMilli(sent)"}).Abs() > 5*time.Minute {
\t\treturn false
\t}`;

function hmac(recipe: HmacRecipe): string {
  const { id, timestamp, format, separator } = recipe;
  const pattern = format && formatPattern(format, (name) => `(?P<${name}>`);
  const key = KEYS[recipe.key];
  const imports = ["crypto/hmac", `crypto/${recipe.hash}`, encoder(recipe.encoding), ...key.imports];
  if (pattern !== null) imports.push("regexp");
  if (timestamp !== null) imports.push("strconv", "time");
  if (separator !== null) imports.push("strings");
  const part = (name: string) => `parts[form.SubexpIndex("${name}")]`;
  const list = format === null ? "given" : part("signatures");
  const equal = (name: string) => `hmac.Equal([]byte(${name}), []byte(expected))`;
  const functions = lines(
    pattern && `// ${formatWords(recipe)}`,
    pattern && `var form = regexp.MustCompile(${quoted(pattern)})\n`,
    "func isAuthentic(key []byte, r *http.Request, body []byte) bool {",
    `\tgiven := ${header(recipe.header)}`,
    pattern && "\tparts := form.FindStringSubmatch(given)",
    pattern && "\tif parts == nil {",
    pattern && "\t\treturn false",
    pattern && "\t}",
    id === "format" && `\tid := ${part("id")}`,
    timestamp === "format" && `\ttimestamp := ${part("timestamp")}`,
    typeof id === "object" && id !== null && `\tid := ${header(id.header)}`,
    typeof timestamp === "object" && timestamp !== null && `\ttimestamp := ${header(timestamp.header)}`,
    timestamp !== null && tolerance(recipe.unit),
    `\tmac := hmac.New(${recipe.hash}.New, key)`,
    writes(recipe.content),
    `\texpected := ${affixed(recipe, encode(recipe.encoding, "mac.Sum(nil)"))}`,
    separator === null && `\treturn ${equal(list)}`,
    separator !== null && `\t// ${WORDS.several}`,
    separator !== null && `\tfor _, signature := range strings.Split(${list}, ${quoted(separator)}) {`,
    separator !== null && `\t\tif ${equal("strings.TrimSpace(signature)")} {`,
    separator !== null && "\t\t\treturn true\n\t\t}\n\t}\n\treturn false",
    "}",
  );
  return frame(imports, functions, key.setup);
}

function ed25519({ prefix }: Ed25519Recipe): string {
  const functions = `func isAuthentic(key ed25519.PublicKey, r *http.Request, body []byte) bool {
\tid, timestamp := ${header(`${prefix}-id`)}, ${header(`${prefix}-timestamp`)}
${tolerance("s")}
\tsigned := append([]byte(id+"."+timestamp+"."), body...)
\t// ${WORDS.several}
\tfor _, signature := range strings.Split(${header(`${prefix}-signature`)}, " ") {
\t\tversion, value, _ := strings.Cut(signature, ",")
\t\tbytes, err := base64.StdEncoding.DecodeString(value)
\t\tif version == "v1a" && err == nil && ed25519.Verify(key, signed, bytes) {
\t\t\treturn true
\t\t}
\t}
\treturn false
}`;
  const setup = `\t// whpk_…: it verifies and cannot sign.
\tpublicKey := strings.TrimPrefix(os.Getenv("WEBHOOK_PUBLIC_KEY"), "whpk_")
\tbytes, err := base64.StdEncoding.DecodeString(publicKey)
\tif err != nil || len(bytes) != ed25519.PublicKeySize {
\t\tlog.Fatal("WEBHOOK_PUBLIC_KEY is not set, or not what was shown")
\t}
\tkey := ed25519.PublicKey(bytes)`;
  return frame(["crypto/ed25519", "encoding/base64", "strconv", "strings", "time"], functions, setup);
}

function httpSignature(recipe: HttpSignatureRecipe): string {
  const { digest } = recipe;
  const key = KEYS[recipe.key];
  const imports = ["crypto/hmac", "crypto/sha256", `crypto/${recipe.hash}`, "regexp", "strings"];
  imports.push(encoder(recipe.encoding), encoder(digest.encoding), ...key.imports);
  if (recipe.hasExpiry) imports.push("strconv", "time");
  if (recipe.hasDate) imports.push("time");
  const line = (name: string) => {
    if (name === "(request-target)") return '\t\t"(request-target): post " + r.URL.RequestURI(),';
    if (name === "(expires)") return '\t\t"(expires): " + params["expires"],';
    return `\t\t${quoted(`${name}: `)} + ${name === "host" ? "r.Host" : header(name)},`;
  };
  const functions = lines(
    'var param = regexp.MustCompile(`(\\w+)=(?:"([^"]*)"|(\\d+))`)',
    "",
    "func isAuthentic(key []byte, r *http.Request, body []byte) bool {",
    "\tparams := map[string]string{}",
    `\tfor _, found := range param.FindAllStringSubmatch(${header(recipe.header)}, -1) {`,
    "\t\tparams[found[1]] = found[2] + found[3]",
    "\t}",
    `\t// ${WORDS.covered}`,
    `\tif params["headers"] != ${quoted(recipe.names.join(" "))} || params["algorithm"] != "hmac-${recipe.hash}" {`,
    "\t\treturn false",
    "\t}",
    recipe.hasExpiry && '\texpires, err := strconv.ParseInt(params["expires"], 10, 64)',
    recipe.hasExpiry && "\tif err != nil || expires < time.Now().Unix() {\n\t\treturn false\n\t}",
    recipe.hasDate && `\t// ${WORDS.tolerance}`,
    recipe.hasDate && `\tdate, err := http.ParseTime(${header("date")})`,
    recipe.hasDate && "\tif err != nil || time.Since(date).Abs() > 5*time.Minute {\n\t\treturn false\n\t}",
    "\thash := sha256.Sum256(body)",
    `\tdigest := ${affixed(digest, encode(digest.encoding, "hash[:]"))}`,
    `\tif !hmac.Equal([]byte(${header(digest.header)}), []byte(digest)) {`,
    "\t\treturn false",
    "\t}",
    `\t// ${WORDS.proxy}`,
    "\tsigned := strings.Join([]string{",
    ...recipe.names.map(line),
    '\t}, "\\n")',
    `\tmac := hmac.New(${recipe.hash}.New, key)`,
    "\tmac.Write([]byte(signed))",
    `\texpected := ${encode(recipe.encoding, "mac.Sum(nil)")}`,
    '\treturn hmac.Equal([]byte(params["signature"]), []byte(expected))',
    "}",
  );
  return frame(imports, functions, key.setup);
}

const LIBRARIES = {
  standardwebhooks: {
    path: "github.com/standard-webhooks/standard-webhooks/libraries/go",
    get: "github.com/standard-webhooks/standard-webhooks/libraries",
    name: "standardwebhooks",
    prefix: "webhook",
  },
  svix: {
    path: "github.com/svix/svix-webhooks/go",
    get: "github.com/svix/svix-webhooks/go",
    name: "svix",
    prefix: "svix",
  },
} as const;

const library = ({ path, name, prefix }: (typeof LIBRARIES)[keyof typeof LIBRARIES]) => `package main

import (
	"io"
	"log"
	"net/http"
	"os"

	${name} "${path}"
)

func main() {
	webhook, err := ${name}.NewWebhook(os.Getenv("WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // the raw bytes, before any JSON decoder
		if err != nil {
			http.Error(w, "unreadable", http.StatusBadRequest)
			return
		}
		// Checks ${prefix}-id, ${prefix}-timestamp (5 minutes) and ${prefix}-signature.
		if err := webhook.Verify(body, r.Header); err != nil {
			http.Error(w, "not authentic", http.StatusBadRequest)
			return
		}
		log.Printf("verified %s %s", r.Header.Get("${prefix}-id"), body)
		w.WriteHeader(http.StatusNoContent)
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
`;

function plain(recipe: Recipe): string {
  if (recipe.kind === "hmac") return hmac(recipe);
  return recipe.kind === "ed25519" ? ed25519(recipe) : httpSignature(recipe);
}

/** The code for one recipe. */
export function go(recipe: Recipe): Snippet {
  const name = recipe.kind === "hmac" ? recipe.library : null;
  const known = name && LIBRARIES[name];
  return {
    id: "go",
    label: "Go",
    grammar: "go",
    library: known && { file: "main.go", install: `go get ${known.get}`, code: library(known) },
    plain: { file: "main.go", install: null, code: plain(recipe) },
  };
}
