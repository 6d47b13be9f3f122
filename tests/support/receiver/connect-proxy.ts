// Owns a real CONNECT proxy for tests, plain or behind TLS, that can also refuse, hang, lie and talk out of turn.
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import type { EgressProxy } from "@/lib/domain/egress/proxy-url";
import { parseEgressProxy } from "@/lib/domain/egress/proxy-url";
import { selfSigned } from "./certificates";
import { testAuthority } from "./tls-modes";

/** What the proxy does with a CONNECT; `tunnel` is what an honest one does. */
export type ProxyMode =
  | "tunnel"
  /** Accepts the connection and never says a word. */
  | "hang"
  /** One byte of the answer now and then, without end. */
  | "drip"
  | "close"
  | "reset"
  | "not-http"
  /** A head without end. */
  | "huge-head"
  /** Opens the tunnel and has an answer ready before anybody asked. */
  | "staged-answer"
  /** Answers with this status. */
  | number;

export type ConnectProxy = {
  /** As the outbound module takes it; the port changes with each proxy. */
  settings: EgressProxy;
  port: number;
  /** Every CONNECT head, in the order of arrival. */
  heads: string[];
  /** The authorities that were asked for, such as `203.0.113.5:443`. */
  targets(): string[];
  connections(): number;
  openSockets(): number;
  mode: ProxyMode;
  close(): Promise<void>;
};

type ProxyOptions = {
  tls?: "good" | "selfsigned" | "wronghost";
  mode?: ProxyMode;
  /** Asks for these Basic credentials. */
  credentials?: { user: string; password: string };
  /** Where a tunnel to an address really leads; itself when left out or null. A lying proxy leads elsewhere. */
  lead?: (host: string, port: number) => { host: string; port: number } | null;
  /** How `settings` names it. */
  host?: string;
};

async function createServer(options: ProxyOptions, onSocket: (socket: net.Socket) => void) {
  if (options.tls === undefined) return net.createServer({ noDelay: true }, onSocket);
  const names = options.tls === "wronghost" ? ["other.example"] : ["127.0.0.1", "localhost"];
  const pair =
    options.tls === "selfsigned" ? await selfSigned(names) : await (await testAuthority()).issue({ names });
  return tls
    .createServer({ ...pair, ALPNProtocols: ["http/1.1"] }, onSocket)
    .on("tlsClientError", () => undefined);
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function startConnectProxy(options: ProxyOptions = {}): Promise<ConnectProxy> {
  const heads: string[] = [];
  const sockets = new Set<net.Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let accepted = 0;

  function track(socket: net.Socket): void {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  }

  function tunnel(client: net.Socket, authority: string): void {
    const { hostname, port } = new URL(`http://${authority}`);
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    const to = options.lead?.(host, Number(port || 80)) ?? { host, port: Number(port || 80) };
    const upstream = net.connect({ ...to, noDelay: true });
    track(upstream);
    upstream.once("connect", () => {
      client.write("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    upstream.once("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
    client.once("close", () => upstream.destroy());
    upstream.once("close", () => client.destroy());
  }

  function misbehave(client: net.Socket, mode: Exclude<ProxyMode, "tunnel">): void {
    if (typeof mode === "number") {
      client.end(`HTTP/1.1 ${mode} Whatever\r\nX-Internal: 10.9.8.7\r\nContent-Length: 6\r\n\r\nbody\r\n`);
    } else if (mode === "close") client.end();
    else if (mode === "reset") client instanceof tls.TLSSocket ? client.destroy() : client.resetAndDestroy();
    else if (mode === "not-http") client.end("SSH-2.0-OpenSSH_9.6\r\n\r\n");
    else if (mode === "huge-head") client.write(`HTTP/1.1 200 OK\r\nX-Long: ${"x".repeat(100_000)}`);
    else if (mode === "staged-answer") {
      client.write("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
    } else if (mode === "drip") {
      client.write("HTTP/1.1 200 OK\r\n");
      timers.add(setInterval(() => client.write("X-Drip: 1\r\n"), 20));
    }
  }

  function onSocket(client: net.Socket): void {
    accepted++;
    track(client);
    let seen = "";
    const onData = (chunk: Buffer) => {
      seen += chunk.toString("latin1");
      const end = seen.indexOf("\r\n\r\n");
      if (end < 0) return;
      client.off("data", onData);
      client.pause();
      heads.push(seen.slice(0, end));
      const [, authority = ""] = /^CONNECT (\S+) HTTP\/1\.1\r\n/.exec(seen) ?? [];
      const wanted = options.credentials;
      const given = /\r\nProxy-Authorization: Basic (\S+)/i.exec(seen)?.[1] ?? "";
      if (authority === "") misbehave(client, 405);
      else if (wanted && Buffer.from(given, "base64").toString() !== `${wanted.user}:${wanted.password}`) {
        misbehave(client, 407);
      } else if (proxy.mode === "tunnel") tunnel(client, authority);
      else misbehave(client, proxy.mode);
    };
    client.on("data", onData);
  }

  const server = await createServer(options, onSocket);
  server.on("connection", track);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const userinfo = options.credentials
    ? `${encodeURIComponent(options.credentials.user)}:${encodeURIComponent(options.credentials.password)}@`
    : "";
  const verdict = parseEgressProxy(
    `${options.tls ? "https" : "http"}://${userinfo}${options.host ?? "127.0.0.1"}:${port}`,
  );
  if (verdict.outcome === "refused") throw new Error(verdict.problem);

  const proxy: ConnectProxy = {
    settings: verdict.proxy,
    port,
    heads,
    targets: () => heads.map((head) => head.split(" ")[1] ?? ""),
    connections: () => accepted,
    openSockets: () => sockets.size,
    mode: options.mode ?? "tunnel",
    async close() {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      if (sockets.size > 0 || server.listening) await once(server, "close");
    },
  };
  return proxy;
}
