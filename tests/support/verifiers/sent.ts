// A request as verifiers look at it, wherever it comes from: made in a test, or taken from the receiver.
import type { ReceivedRequest } from "../receiver/http-reader";

export type Sent = {
  method: string;
  url: string;
  headers: [string, string][];
  body: Buffer;
  /** By name in small letters, as receivers read them. */
  header: (name: string) => string | undefined;
};

/** What an HTTP server adds before a receiver sees the headers. */
export function received({ headers, url }: Sent): [string, string][] {
  return [
    ...headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]),
    ["host", new globalThis.URL(url).host],
  ];
}

/** A request of the receiver, for an endpoint at `origin`. */
export function sentFrom(request: ReceivedRequest, origin: string): Sent {
  const headers = request.rawHeaders.filter(([name]) => name.toLowerCase() !== "host");
  const byName = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: request.method,
    url: origin + request.target,
    headers,
    body: request.body,
    header: (name) => byName.get(name.toLowerCase()),
  };
}
