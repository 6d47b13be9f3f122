// Runs verification code as a receiver would: written to a file, started with its secret, asked over HTTP. Languages whose
// tools are not on this machine are not there.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { transform } from "esbuild";

export type Program = { name: string; code: string };
export type Command = { command: string; args: string[]; env?: Record<string, string> };

export type Language = {
  id: string;
  /** Makes the programs ready in a folder; gives how each is started. */
  prepare(folder: string, programs: readonly Program[]): Promise<Map<string, Command>>;
};

function isThere(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const each = async (
  programs: readonly Program[],
  make: (program: Program) => Command | Promise<Command>,
): Promise<Map<string, Command>> => {
  const made = new Map<string, Command>();
  for (const program of programs) made.set(program.name, await make(program));
  return made;
};

const node: Language = {
  id: "node",
  prepare(folder, programs) {
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
    return each(programs, async ({ name, code }) => {
      const file = path.join(folder, `${name}.mjs`);
      writeFileSync(file, (await transform(code, { loader: "ts", format: "esm" })).code);
      return { command: process.execPath, args: [file] };
    });
  },
};

/** Stands in for the package of that name where it is not installed: the same calls, the work done by Node. */
const CRYPTOGRAPHY: Record<string, string> = {
  "__init__.py": "",
  "exceptions.py": "class InvalidSignature(Exception):\n    pass\n",
  "hazmat/__init__.py": "",
  "hazmat/primitives/__init__.py": "",
  "hazmat/primitives/asymmetric/__init__.py": "",
  "hazmat/primitives/asymmetric/ed25519.py": `import base64, json, os, subprocess
from cryptography.exceptions import InvalidSignature

SCRIPT = """
const { raw, signature, data } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const bytes = (text) => Buffer.from(text, "base64");
const key = { kty: "OKP", crv: "Ed25519", x: bytes(raw).toString("base64url") };
const { createPublicKey, verify } = require("crypto");
process.exit(verify(null, bytes(data), createPublicKey({ key, format: "jwk" }), bytes(signature)) ? 0 : 1);
"""


class Ed25519PublicKey:
    @classmethod
    def from_public_bytes(cls, raw):
        if len(raw) != 32:
            raise ValueError("An Ed25519 public key is 32 bytes long")
        key = cls()
        key.raw = raw
        return key

    def verify(self, signature, data):
        facts = {"raw": self.raw, "signature": signature, "data": data}
        text = json.dumps({name: base64.b64encode(value).decode() for name, value in facts.items()})
        done = subprocess.run([os.environ["NODE"], "-e", SCRIPT], input=text.encode())
        if done.returncode != 0:
            raise InvalidSignature()
`,
};

const python: Language = {
  id: "python",
  prepare(folder, programs) {
    if (!isThere("python3", ["-c", "import cryptography"])) {
      for (const [name, text] of Object.entries(CRYPTOGRAPHY)) {
        const file = path.join(folder, "cryptography", name);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
    return each(programs, ({ name, code }) => {
      const file = path.join(folder, `${name}.py`);
      writeFileSync(file, code);
      return {
        command: "python3",
        args: [file],
        env: { NODE: process.execPath, PYTHONDONTWRITEBYTECODE: "1" },
      };
    });
  },
};

const go: Language = {
  id: "go",
  async prepare(folder, programs) {
    writeFileSync(path.join(folder, "go.mod"), "module snippets\n\ngo 1.21\n");
    const commands = await each(programs, ({ name, code }) => {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, "main.go"), code);
      return { command: path.join(folder, "bin", name), args: [] };
    });
    mkdirSync(path.join(folder, "bin"));
    execFileSync("go", ["build", "-o", "bin/", "./..."], { cwd: folder, stdio: "pipe" });
    return commands;
  },
};

const java: Language = {
  id: "java",
  async prepare(folder, programs) {
    const className = (name: string) => `Server_${name.replace(/\W/g, "_")}`;
    // One compiler run for all; they differ from what is shown in the name of the class only.
    const files = programs.map(({ name, code }) => {
      const file = path.join(folder, `${className(name)}.java`);
      writeFileSync(file, code.replace("public class Server ", `public class ${className(name)} `));
      return file;
    });
    execFileSync("javac", ["-d", folder, ...files], { stdio: "pipe" });
    return each(programs, ({ name }) => ({
      command: "java",
      args: ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", folder, className(name)],
    }));
  },
};

const ruby: Language = {
  id: "ruby",
  prepare: (folder, programs) =>
    each(programs, ({ name, code }) => {
      const file = path.join(folder, `${name}.rb`);
      writeFileSync(file, code);
      return { command: "ruby", args: [file] };
    }),
};

const php: Language = {
  id: "php",
  prepare: (folder, programs) =>
    each(programs, ({ name, code }) => {
      const file = path.join(folder, `${name}.php`);
      writeFileSync(file, code);
      return { command: "sh", args: ["-c", `exec php -S 127.0.0.1:$PORT ${file}`] };
    }),
};

/** The languages that can be run here. Node.js always can. */
export const LANGUAGES: readonly Language[] = [
  node,
  ...(isThere("python3", ["--version"]) ? [python] : []),
  ...(isThere("go", ["version"]) ? [go] : []),
  ...(isThere("javac", ["--version"]) ? [java] : []),
  ...(isThere("ruby", ["-e", "require 'sinatra/base'"]) ? [ruby] : []),
  ...(isThere("php", ["-r", "exit(function_exists('sodium_crypto_sign') ? 0 : 1);"]) ? [php] : []),
];

export type Running = {
  url: string;
  /** The status of a POST with exactly these headers and bytes. */
  post(headers: readonly (readonly [string, string])[], body: Buffer): Promise<number>;
  stop(): void;
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function post(url: string, headers: readonly (readonly [string, string])[], body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const given: IncomingHttpHeaders = Object.fromEntries(headers);
    const sent = httpRequest(
      url,
      { method: "POST", headers: { ...given, "content-length": String(body.length) } },
      (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** Starts a program on a free port and resolves when it answers. */
export async function start(
  { command, args, env = {} }: Command,
  secrets: Record<string, string>,
): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hooks/in?tenant=a%20b`;
  const child: ChildProcess = spawn(command, args, {
    env: { ...process.env, ...env, ...secrets, PORT: String(port), WEBHOOK_URL: url },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  let ended = false;
  child.on("exit", () => {
    ended = true;
  });
  const until = performance.now() + 20_000;
  for (;;) {
    const status = await post(url, [], Buffer.from("{}")).catch(() => null);
    if (status !== null) break;
    if (ended || performance.now() > until) throw new Error(`${command} did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return {
    url,
    post: (headers, body) => post(url, headers, body),
    stop: () => void child.kill("SIGKILL"),
  };
}

/** A folder for programs, gone after `remove`. */
export function programFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "snippets-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
