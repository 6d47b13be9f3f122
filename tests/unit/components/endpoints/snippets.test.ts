import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { transform } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ALL_SNIPPETS } from "@/components/endpoints/snippets/all-snippets";
import { node } from "@/components/endpoints/snippets/node";
import { formatSecret, signingKeyBytes, signStandardWebhook } from "@/lib/domain/signing/standard-webhooks";

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe.each(["library", "plain"] as const)("the %s code for Node.js, run as it is shown", (variant) => {
  const secret = formatSecret(randomBytes(32));
  const key = signingKeyBytes(secret);
  const folder = mkdtempSync(path.join(tmpdir(), "snippet-"));
  let child: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const { code } = await transform(node[variant].code, { loader: "ts", format: "esm" });
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
    writeFileSync(path.join(folder, "server.mjs"), code);
    const port = await freePort();
    url = `http://127.0.0.1:${port}/hook`;
    child = spawn(process.execPath, ["server.mjs"], {
      cwd: folder,
      env: { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret },
      stdio: "ignore",
    });
    await vi.waitFor(() => fetch(url, { method: "POST" }), { timeout: 20_000 });
  }, 30_000);

  afterAll(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  const id = "evt_01jdz0000000000000000000aa";
  const body = Buffer.from('{"type":"order.paid","data":{"text":"é🙂","n":1.0}}');
  const send = async (options: { ageSeconds?: number; keys?: Buffer[]; sent?: Buffer; drop?: string }) => {
    const timestampSeconds = Math.floor(Date.now() / 1000) - (options.ageSeconds ?? 0);
    const headers = new Headers({
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(timestampSeconds),
      "webhook-signature": signStandardWebhook({ id, timestampSeconds, body, keys: options.keys ?? [key] }),
    });
    if (options.drop) headers.delete(options.drop);
    const response = await fetch(url, {
      method: "POST",
      headers,
      body: new Uint8Array(options.sent ?? body),
    });
    return response.status;
  };

  test("G-02 takes a right signature, alone or beside that of another secret", async () => {
    expect(await send({})).toBe(204);
    expect(await send({ keys: [randomBytes(32), key] })).toBe(204);
  });

  test.each([
    ["another secret", { keys: [randomBytes(32)] }],
    ["a changed body", { sent: Buffer.from(body.toString().replace("1.0", "1")) }],
    ["a timestamp 6 minutes old", { ageSeconds: 360 }],
    ["a timestamp 6 minutes ahead", { ageSeconds: -360 }],
    ["no webhook-id", { drop: "webhook-id" }],
    ["no webhook-timestamp", { drop: "webhook-timestamp" }],
    ["no webhook-signature", { drop: "webhook-signature" }],
  ])("refuses %s", async (_what, options) => {
    expect(await send(options)).toBe(400);
  });
});

describe.each(
  ALL_SNIPPETS.flatMap((snippet) => [
    [snippet.label, "library", snippet.library.code],
    [snippet.label, "plain", snippet.plain.code],
  ]),
)("%s, %s", (_label, variant, code) => {
  test("reads the secret from the environment and has none in it", () => {
    expect(code).toContain("WEBHOOK_SECRET");
    expect(code).not.toMatch(/whsec_[A-Za-z0-9+/]{8}/);
  });

  test("names the headers that are really sent", () => {
    const names = code.toLowerCase().replaceAll("_", "-");
    for (const header of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
      expect(names).toContain(header);
    }
    expect(code).toMatch(/raw (bytes|body)/);
    if (variant === "plain") expect(code).toMatch(/5 minutes away/);
  });
});
