// Owns what happens when anyone posts to an inbox address: judge the signature, keep the message, say what to answer.
// There is no actor: the address itself is the permission, and it allows nothing but this.
import { MAX_INBOX_MESSAGES } from "@/lib/contracts/inbox";
import type { ServiceContext } from "../../context";
import { type InboxAddress, insertInboxMessage, listInboxEndpoints } from "../../repositories/inboxes";
import { inboxUrl } from "./inbox-dto";
import { verifyInboxMessage } from "./verify-inbox-message";

export type IncomingMessage = {
  method: string;
  /** Path and query as they were asked for. */
  path: string;
  /** Lower-case names. */
  headers: [string, string][];
  body: Uint8Array;
};

const MAX_PATH = 2_048;
/** Credentials are recognised by name; an endpoint's custom headers and its authentication are masked whatever their names. */
const SENSITIVE = /^(authorization|proxy-authorization|cookie|set-cookie)$|token|secret|password|api-?key/;
/** The same mark as in attempts. */
const MASK = "••••••";
/** Written by proxies and by our own server on the way in; the sender did not send them. */
const ADDED_ON_THE_WAY = /^(x-forwarded-.*|content-security-policy)$/;

function storedHeaders(
  headers: readonly [string, string][],
  masked: ReadonlySet<string>,
): [string, string][] {
  return headers
    .filter(([name]) => !ADDED_ON_THE_WAY.test(name))
    .map(([name, value]) => {
      if (!masked.has(name) && !SENSITIVE.test(name))
        return [name, value.replaceAll("\0", "").toWellFormed()];
      return [name, MASK];
    });
}

/** Keeps one message and gives the status to answer with. */
export async function receiveInboxMessage(
  ctx: ServiceContext,
  inbox: InboxAddress,
  message: IncomingMessage,
): Promise<{ respondStatus: number }> {
  const now = new Date(ctx.now());
  const url = inboxUrl(ctx.publicUrl, inbox.token);
  const endpoints = await listInboxEndpoints(ctx.db.prisma, inbox.environmentId, url, now);
  const secret = new Set(
    endpoints.flatMap(({ headerNames, auth }) =>
      [...headerNames, ...(auth === null ? [] : [auth.headerName])].map((name) => name.toLowerCase()),
    ),
  );
  await insertInboxMessage(
    ctx.db.prisma,
    {
      id: ctx.newId("inboxMessage"),
      inboxId: inbox.id,
      receivedAt: now,
      method: message.method,
      path: message.path.slice(0, MAX_PATH),
      headers: storedHeaders(message.headers, secret),
      body: message.body,
      bodySize: message.body.length,
      verification: await verifyInboxMessage(ctx, endpoints, message),
      respondedStatus: inbox.respondStatus,
    },
    MAX_INBOX_MESSAGES,
  );
  ctx.bus.publish(inbox.environmentId, { kind: "inbox", inbox_id: inbox.id });
  return { respondStatus: inbox.respondStatus };
}
