// Owns the frame of the Inbox's public address: any method, bounded size and rate, and an answer that can never be
// taken for a page. Nobody is signed in here; the token in the address is all there is.
import { MAX_INBOX_BODY_BYTES } from "@/lib/contracts/inbox";
import { AppError } from "@/lib/domain/errors";
import type { InboxAddress } from "../repositories/inboxes";
import { getRuntime } from "../runtime";
import { isInboxToken, lookUpInbox } from "../services/inbox/look-up-inbox";
import { receiveInboxMessage } from "../services/inbox/receive-inbox-message";
import { createRateLimiter } from "./rate-limit";
import { readBody } from "./read-body";
import { answerRequest, type RouteHandler, readParams } from "./route-handler";

/** Enough for a person who tries things out and for a demo; a load test belongs to a receiver of one's own. */
const perInbox = createRateLimiter({ perSecond: 100, burst: 300 }, () => performance.now());
/** All senders to well-formed addresses that do not exist, together; they use up nobody else's rate. */
const strangers = createRateLimiter({ perSecond: 300, burst: 600 }, () => performance.now());

/** RFC 9110: these answers have no content. */
const WITHOUT_BODY = new Set([204, 205, 304]);

const HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/** The inbox of a token; whom the call is charged to depends on whether there is one. Throws `not_found`, `rate_limited`. */
async function requireInbox(token: string): Promise<InboxAddress> {
  const inbox = isInboxToken(token) ? await lookUpInbox(getRuntime(), token) : null;
  if (inbox !== null) {
    perInbox.take(inbox.id);
    return inbox;
  }
  // What cannot be a token has cost no query.
  if (isInboxToken(token)) strangers.take("all");
  throw new AppError("not_found", "There is no inbox at this address.");
}

/** Takes a message at an inbox's address and answers with the status that the inbox is set to. */
export const receiveAtInbox: RouteHandler = (request, context) =>
  answerRequest(
    request,
    () => getRuntime().logger,
    async () => {
      const { token = "" } = await readParams(context);
      const inbox = await requireInbox(token);
      const { pathname, search } = new URL(request.url);
      const { respondStatus } = await receiveInboxMessage(getRuntime(), inbox, {
        method: request.method,
        path: pathname + search,
        headers: [...request.headers],
        body: await readBody(request, MAX_INBOX_BODY_BYTES),
      });
      if (WITHOUT_BODY.has(respondStatus))
        return new Response(null, { status: respondStatus, headers: HEADERS });
      const body = JSON.stringify({ received: true, status: respondStatus });
      return new Response(body, {
        status: respondStatus,
        headers: { ...HEADERS, "content-type": "application/json" },
      });
    },
  );
