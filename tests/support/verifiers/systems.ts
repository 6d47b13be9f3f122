// Receivers of the five systems, each written from its public instructions with node:crypto alone.
import { createHash, createHmac } from "node:crypto";
import { received, type Sent } from "./sent";

export const hmacHex = (secret: string, content: string | Buffer) =>
  createHmac("sha256", secret).update(content).digest("hex");
export const sha256Hex = (body: Buffer) => createHash("sha256").update(body).digest("hex");
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** VIZI: `X-Vizi-Signature: sha256=<hex HMAC of the raw body>`, key = the whole secret string. */
const vizi = (sent: Sent, secret: string) =>
  sent.header("X-Vizi-Signature") === `sha256=${hmacHex(secret, sent.body)}`;

/** NZOChain: `X-NZOChain-Signature: <hex HMAC of the raw body>`. */
const nzochain = (sent: Sent, secret: string) =>
  sent.header("X-NZOChain-Signature") === hmacHex(secret, sent.body);

/** Visisto: the same in its own header. */
const visisto = (sent: Sent, secret: string) =>
  sent.header("X-Visisto-Signature") === hmacHex(secret, sent.body);

/** Vivoldi: hash of the body, then `t=…,v1=…,alg=hmac-sha256` over `{t}.{body}`, not older than a minute. */
function vivoldi(sent: Sent, secret: string): boolean {
  if (sent.header("X-Content-SHA256") !== sha256Hex(sent.body)) return false;
  const fields = new Map(
    (sent.header("X-Vivoldi-Signature") ?? "").split(",").map((part) => part.split("=") as [string, string]),
  );
  const t = fields.get("t");
  if (t === undefined || t !== sent.header("X-Vivoldi-Timestamp")) return false;
  if (Math.abs(Date.now() - Number(t)) > 60_000 || fields.get("alg") !== "hmac-sha256") return false;
  return fields.get("v1") === hmacHex(secret, Buffer.concat([Buffer.from(`${t}.`), sent.body]));
}

/** Vizion: digest, expiry, then the draft's signing string over the headers that the signature names, in hex. */
function vizion(sent: Sent, secret: string): boolean {
  const headers = new Map(received(sent));
  if (headers.get("digest") !== `SHA-256=${sha256Hex(sent.body)}`) return false;
  const given = headers.get("x-vizion-signature") ?? "";
  const param = (name: string) => new RegExp(`(?:^|,)${name}="?([^",]*)"?`).exec(given)?.[1] ?? "";
  if (param("algorithm") !== "hmac-sha256" || param("keyId") === "") return false;
  if (Number(param("expires")) <= nowSeconds()) return false;
  const { pathname, search } = new globalThis.URL(sent.url);
  const lines = param("headers")
    .split(" ")
    .map((name) => {
      if (name === "(request-target)") return `(request-target): post ${pathname}${search}`;
      if (name === "(expires)") return `(expires): ${param("expires")}`;
      return `${name}: ${headers.get(name)}`;
    });
  return param("signature") === hmacHex(secret, lines.join("\n"));
}

/** Whether a receiver of that system takes the request with that secret. */
export const SYSTEMS = { vizi, nzochain, vizion, vivoldi, visisto };
export type System = keyof typeof SYSTEMS;
