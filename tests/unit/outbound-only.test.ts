import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SOURCE_FOLDERS = ["app", "bin", "components", "inngest", "lib", "prisma"];
/** The one module that may open sockets to addresses that people choose. */
const OUTBOUND = "lib/server/outbound/";
/** Runs in the browser, whose sandbox is the boundary; it talks to our own API. */
const BROWSER = ["components/", "lib/client/"];

const CLIENT_MODULES = /^(node:)?(http|https|http2|net|tls|dns|dns\/promises|dgram)$/;
const CLIENT_PACKAGES =
  /^(undici|axios|got|ky|superagent|request|needle|node-fetch|cross-fetch|ws|http-proxy.*|.*-proxy-agent)(\/|$)/;
/** What a server needs from those modules; none of it opens a connection. */
const HARMLESS = new Set(["createServer", "isIP", "isIPv4", "isIPv6", "STATUS_CODES", "BlockList"]);
const NETWORK_GLOBALS = new Set(["fetch", "WebSocket", "EventSource", "XMLHttpRequest"]);

const SUSPICIOUS =
  /\b(fetch|WebSocket|EventSource|XMLHttpRequest)\b|["'`](node:)?(https?2?|net|tls|dns|dgram|undici|axios|got|ky|superagent|request|needle|ws)["'`/]|proxy|-fetch/;

type Finding = string;

function importProblem(declaration: ts.ImportDeclaration): string | null {
  const module = (declaration.moduleSpecifier as ts.StringLiteral).text;
  const clause = declaration.importClause;
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return null;
  if (CLIENT_PACKAGES.test(module)) return `imports ${module}`;
  if (!CLIENT_MODULES.test(module)) return null;
  const bindings = clause?.namedBindings;
  if (!bindings || clause.name || ts.isNamespaceImport(bindings)) return `imports all of ${module}`;
  const used = bindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
  const harmful = used.filter((name) => !HARMLESS.has(name));
  return harmful.length === 0 ? null : `imports ${harmful.join(", ")} from ${module}`;
}

function callProblem(node: ts.CallExpression | ts.NewExpression): string | null {
  const callee = node.expression;
  if (ts.isIdentifier(callee) && NETWORK_GLOBALS.has(callee.text)) return `calls ${callee.text}`;
  if (ts.isPropertyAccessExpression(callee) && NETWORK_GLOBALS.has(callee.name.text)) {
    const owner = callee.expression.getText();
    if (["globalThis", "window", "self", "global"].includes(owner))
      return `calls ${owner}.${callee.name.text}`;
  }
  const first = node.arguments?.[0];
  const loads =
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");
  if (
    loads &&
    first &&
    ts.isStringLiteralLike(first) &&
    (CLIENT_PACKAGES.test(first.text) || CLIENT_MODULES.test(first.text))
  ) {
    return `loads ${first.text}`;
  }
  return null;
}

/** Every way in which a source text could open a connection by itself. */
function findingsIn(fileName: string, text: string, browser: boolean): Finding[] {
  // Parsing every file of the project takes seconds; only files with one of these words can have a finding.
  if (!SUSPICIOUS.test(text)) return [];
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const findings: Finding[] = [];
  const visit = (node: ts.Node): void => {
    const problem = ts.isImportDeclaration(node)
      ? importProblem(node)
      : (ts.isCallExpression(node) || ts.isNewExpression(node)) && !browser
        ? callProblem(node)
        : null;
    if (problem) findings.push(`${fileName}: ${problem}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

function sourceFiles(): string[] {
  return SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|tsx|mjs|js)$/.test(name))
      .map((name) => `${folder}/${name.replaceAll(path.sep, "/")}`),
  );
}

describe("S-25 one way out", () => {
  it("no file outside lib/server/outbound can open a connection to an address of its choice", () => {
    const files = sourceFiles().filter((file) => !file.startsWith(OUTBOUND));
    expect(files.length).toBeGreaterThan(20);
    const findings = files.flatMap((file) =>
      findingsIn(
        file,
        readFileSync(path.join(ROOT, file), "utf8"),
        BROWSER.some((folder) => file.startsWith(folder)),
      ),
    );
    expect(findings).toEqual([]);
  });

  it("the outbound module itself never uses fetch, http.request or a resolver of the system's thread pool", () => {
    const files = sourceFiles().filter((file) => file.startsWith(OUTBOUND));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const text = readFileSync(path.join(ROOT, file), "utf8");
      expect([file, /\bfetch\(|\bhttps?\.(request|get)\(|dns\.lookup|\blookup:/.test(text)]).toEqual([
        file,
        false,
      ]);
    }
  });

  it.each([
    ["import { request } from 'undici'", "undici"],
    ["import * as http from 'node:http'", "all of node:http"],
    ["import https from 'https'", "all of https"],
    ["import { createServer, request } from 'node:http'", "imports request"],
    ["import { lookup } from 'node:dns/promises'", "lookup"],
    ["const { connect } = require('net')", "loads net"],
    ["const undici = await import('undici')", "loads undici"],
    ["await fetch(url)", "calls fetch"],
    ["await globalThis.fetch(url)", "calls globalThis.fetch"],
    ["new WebSocket(url)", "calls WebSocket"],
  ])("the check sees %s", (text, words) => {
    expect(findingsIn("sample.ts", text, false).join()).toContain(words);
  });

  it.each([
    "import type { IncomingMessage } from 'node:http'",
    "import { createServer, type Server } from 'node:http'",
    "import { isIP } from 'node:net'",
    "// fetch('x')",
    "const text = `await fetch(url)`",
    "repository.fetch(1)",
  ])("the check lets %s pass", (text) => {
    expect(findingsIn("sample.ts", text, false)).toEqual([]);
  });
});
