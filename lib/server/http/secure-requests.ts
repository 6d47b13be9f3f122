// Owns what happens to every request for pages and routes before Next sees it: shape, origin, security headers.
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/domain/errors";
import { toProblem } from "./problem";
import { newRequestId } from "./request-id";
import { loopbackRedirect, normaliseRequest, trustedProxies } from "./request-origin";
import { applySecurityHeaders } from "./security-headers";

type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type SecureRequestOptions = { publicUrl: string; trustedProxies: readonly string[]; dev: boolean };

/** Whether percent-encoding and UTF-8 of a path are right: Next answers 500 to one that it cannot decode. */
function isDecodable(target: string): boolean {
  try {
    decodeURIComponent(target.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

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
    if (!isDecodable(request.url)) {
      const message = "The path is not percent-encoded UTF-8 (RFC 3986, section 2.5).";
      const { status, headers, body } = toProblem(new AppError("invalid_request", message), newRequestId());
      response.writeHead(status, headers).end(JSON.stringify(body));
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
