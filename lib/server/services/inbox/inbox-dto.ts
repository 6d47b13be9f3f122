// Owns the shapes in which an inbox and its messages leave the server.
import type { InboxDto, InboxMessageDto, InboxVerification } from "@/lib/contracts/inbox";
import type { InboxMessageRow, InboxRow } from "../../repositories/inboxes";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Where senders reach an inbox. The outbound guard lets exactly this path of our own address through. */
export function inboxUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/inbox/${token}`;
}

export function toInboxDto(row: InboxRow, publicUrl: string, endpointIds: string[]): InboxDto {
  return {
    id: row.id,
    url: inboxUrl(publicUrl, row.token),
    respond_status: row.respondStatus,
    endpoint_ids: endpointIds,
    created_at: row.createdAt.toISOString(),
  };
}

/** Text as it came; base64 when the bytes are no UTF-8. A cut preview may end within a character: up to 3 bytes give way. */
function bodyText(body: Uint8Array, cut: boolean): Pick<InboxMessageDto, "body" | "body_encoding"> {
  for (let drop = 0; drop <= (cut ? 3 : 0); drop++) {
    try {
      return { body: strict.decode(body.subarray(0, body.length - drop)), body_encoding: "utf8" };
    } catch {
      // not UTF-8 at this length
    }
  }
  return { body: Buffer.from(body).toString("base64"), body_encoding: "base64" };
}

export function toInboxMessageDto(row: InboxMessageRow): InboxMessageDto {
  const truncated = row.body.length < row.bodySize;
  return {
    id: row.id,
    received_at: row.receivedAt.toISOString(),
    method: row.method,
    path: row.path,
    headers: row.headers as [string, string][],
    ...bodyText(row.body, truncated),
    body_truncated: truncated,
    body_size: row.bodySize,
    verification: row.verification as InboxVerification,
    responded_status: row.respondedStatus,
  };
}
