// Owns what happens to every request for pages and routes before Next sees it: shape, origin, security headers.
import type { IncomingMessage, ServerResponse } from "node:http";
import { loopbackRedirect, normaliseRequest, trustedProxies } from "./request-origin";
import { applySecurityHeaders } from "./security-headers";

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type SecureRequestOptions = { publicUrl: string; trustedProxies: readonly string[]; dev: boolean };

/** `handler`, with requests it can trust: see `normaliseRequest` and `applySecurityHeaders`. */
export function secureRequests(handler: NodeHandler, options: SecureRequestOptions): NodeHandler {
  const { publicUrl, dev } = options;
  const https = publicUrl.startsWith("https://");
  const proxies = trustedProxies(options.trustedProxies);
  return async (request, response) => {
    applySecurityHeaders(request, response, { https, dev });
    // An absolute or empty target is for proxies, and we are none (RFC 9112, section 3.2.2).
    if (!request.url?.startsWith("/")) {
      response.writeHead(400, { "content-type": "text/plain" }).end("This is not a proxy.\n");
      return;
    }
    const elsewhere = loopbackRedirect(request, publicUrl);
    if (elsewhere !== null) {
      response.writeHead(307, { location: elsewhere }).end();
      return;
    }
    normaliseRequest(request, { publicUrl, proxies });
    await handler(request, response);
  };
}
