// Owns the verification code for Node.js and TypeScript.
import type { Snippet } from "./snippet";

const library = `import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET ?? "");

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString(); // the raw body, before any JSON parser
  try {
    // Checks webhook-id, webhook-timestamp (5 minutes) and webhook-signature.
    const event = webhook.verify(body, request.headers as Record<string, string>);
    console.log("verified", request.headers["webhook-id"], event);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(process.env.PORT ?? 3000);
`;

const plain = `import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";

const secret = process.env.WEBHOOK_SECRET ?? "";
const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
if (key.length === 0) throw new Error("WEBHOOK_SECRET is not set");

function isAuthentic(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  const signatures = headers["webhook-signature"];
  if (!id || !timestamp || !signatures) return false;
  // Further than 5 minutes away: an old request sent again, or a wrong clock.
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300)) return false;

  const expected = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\`).update(body).digest();
  // While a secret is being rotated there are several signatures.
  return String(signatures).split(" ").some((signature) => {
    const [version, value = ""] = signature.split(",");
    const given = Buffer.from(value, "base64");
    return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the raw bytes, before any JSON parser
  if (!isAuthentic(request.headers, body)) return response.writeHead(400).end();

  const event = JSON.parse(body.toString());
  console.log("verified", request.headers["webhook-id"], event);
  response.writeHead(204).end();
}).listen(process.env.PORT ?? 3000);
`;

export const node: Snippet = {
  id: "node",
  label: "Node.js",
  grammar: "typescript",
  library: { file: "server.ts", install: "npm install standardwebhooks", code: library },
  plain: { file: "server.ts", install: null, code: plain },
};
