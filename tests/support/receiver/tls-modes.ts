// Owns the listening sockets of the receiver: plain TCP, right TLS, and TLS that is wrong in one way each.
import net from "node:net";
import tls from "node:tls";
import {
  type CertificateAuthority,
  createAuthority,
  dayMs,
  type KeyAndCertificate,
  selfSigned,
} from "./certificates";

export const TLS_MODES = [
  "good",
  "selfsigned",
  "expired",
  "notyet",
  "wronghost",
  "untrusted-chain",
  "tls11",
  "mtls",
  /** Plain HTTP where TLS is expected. */
  "plain",
  /** Resets when the handshake begins. */
  "rst",
  /** Accepts and never says a word. */
  "stall",
] as const;
export type TlsMode = (typeof TLS_MODES)[number];

type Listening = { server: net.Server; caCertificate: string | null };

let trusted: Promise<CertificateAuthority> | undefined;

/** The authority that tests hand to the sender as trusted; one for each process. */
export function testAuthority(): Promise<CertificateAuthority> {
  trusted ??= createAuthority("Signpost test authority");
  return trusted;
}

async function certificateFor(mode: TlsMode, names: readonly string[]): Promise<KeyAndCertificate> {
  const authority = await testAuthority();
  const now = Date.now();
  switch (mode) {
    case "selfsigned":
      return selfSigned(names);
    case "expired":
      return authority.issue({
        names,
        notBefore: new Date(now - 10 * dayMs),
        notAfter: new Date(now - dayMs),
      });
    case "notyet":
      return authority.issue({
        names,
        notBefore: new Date(now + dayMs),
        notAfter: new Date(now + 10 * dayMs),
      });
    case "wronghost":
      return authority.issue({ names: ["other.example"] });
    case "untrusted-chain":
      return (await createAuthority("Someone else's authority")).issue({ names });
    default:
      return authority.issue({ names });
  }
}

/** A server for a mode; `onSocket` gets each socket on which HTTP may be spoken. */
export async function createListener(
  mode: TlsMode | null,
  names: readonly string[],
  onSocket: (socket: net.Socket) => void,
): Promise<Listening> {
  if (mode === null) return { server: net.createServer({ noDelay: true }, onSocket), caCertificate: null };
  const authority = await testAuthority();
  if (mode === "rst" || mode === "stall" || mode === "plain") {
    const server = net.createServer((socket) => {
      socket.on("error", () => undefined);
      if (mode === "rst") socket.once("data", () => socket.resetAndDestroy());
      else if (mode === "plain") socket.once("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
      else socket.resume();
    });
    return { server, caCertificate: authority.cert };
  }
  const options: tls.TlsOptions = { ...(await certificateFor(mode, names)), ALPNProtocols: ["http/1.1"] };
  if (mode === "tls11")
    Object.assign(options, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" });
  if (mode === "mtls")
    Object.assign(options, { requestCert: true, rejectUnauthorized: true, ca: [authority.cert] });
  const server = tls.createServer(options, onSocket);
  server.on("tlsClientError", () => undefined);
  return { server, caCertificate: authority.cert };
}
