// Owns a receiver that asks for a client certificate and tells, for each request, whose connection it came on.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import tls, { type TLSSocket } from "node:tls";
import { readRequests } from "./http-reader";
import { testAuthority } from "./tls-modes";

export type MtlsRequest = {
  /** Common name of the client certificate; null without one. */
  client: string | null;
  headers: Record<string, string>;
  connection: number;
  /** The TLS session was resumed. */
  resumed: boolean;
};

export type MtlsServer = {
  url: string;
  port: number;
  requests: MtlsRequest[];
  connections(): number;
  close(): Promise<void>;
};

/** Starts on a free port of 127.0.0.1. `optional` lets connections without a certificate in; `keepAlive: false` closes after each answer. */
export async function startMtlsServer(
  options: { optional?: boolean; keepAlive?: boolean; maxVersion?: tls.SecureVersion } = {},
): Promise<MtlsServer> {
  const authority = await testAuthority();
  const requests: MtlsRequest[] = [];
  const sockets = new Set<TLSSocket>();
  let accepted = 0;
  const server = tls.createServer({
    ...(await authority.issue({ names: ["127.0.0.1", "localhost"] })),
    ca: [authority.cert],
    requestCert: true,
    rejectUnauthorized: options.optional !== true,
    ALPNProtocols: ["http/1.1"],
    ...(options.maxVersion ? { maxVersion: options.maxVersion } : {}),
  });
  server.on("tlsClientError", () => undefined);
  server.on("secureConnection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    const connection = ++accepted;
    readRequests(socket, connection, {
      onHead: () => "read-body",
      onRequest: (request) => {
        const subject = socket.getPeerCertificate().subject as { CN?: string } | undefined;
        requests.push({
          client: subject?.CN ?? null,
          headers: Object.fromEntries(request.rawHeaders.map(([name, value]) => [name.toLowerCase(), value])),
          connection,
          resumed: socket.isSessionReused(),
        });
        const close = options.keepAlive === false;
        socket.write(`HTTP/1.1 204 No Content\r\n${close ? "Connection: close\r\n" : ""}\r\n`);
        if (close) socket.end();
      },
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => accepted,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
