// Owns the wire shapes of the Inbox, the built-in test receiver.
import { z } from "zod";
import { idSchema } from "@/lib/domain/ids";
import { type Instant, pageQuery } from "./common";
import { MAX_EVENT_BODY_BYTES } from "./events";

/** An envelope adds a little to the largest event; what Signpost may send must fit. */
export const MAX_INBOX_BODY_BYTES = MAX_EVENT_BODY_BYTES + 4 * 1024;
/** The oldest messages go when more arrive. */
export const MAX_INBOX_MESSAGES = 500;
/** Lists give the beginning of a body; the message itself has all of it. */
export const INBOX_PREVIEW_BYTES = 4 * 1024;

export const updateInboxInput = z.strictObject({ respond_status: z.number().int().min(200).max(599) });
export type UpdateInboxInput = z.infer<typeof updateInboxInput>;

export const listInboxMessagesQuery = pageQuery.extend({ cursor: idSchema("inboxMessage").optional() });
export type ListInboxMessagesQuery = z.infer<typeof listInboxMessagesQuery>;

export type InboxDto = {
  id: string;
  url: string;
  respond_status: number;
  /** Endpoints that deliver to this address. */
  endpoint_ids: string[];
  created_at: Instant;
};

export type InboxVerification =
  | { outcome: "verified"; endpoint_id: string; secret_hint: string }
  | { outcome: "no_endpoint" }
  /** The endpoint's profile does not sign. */
  | { outcome: "unsigned" }
  | { outcome: "bad_timestamp" | "no_match" }
  /** Messages from before there were profiles name no headers. */
  | { outcome: "missing_headers"; headers?: string[] }
  | { outcome: "malformed_signature" | "content_hash_mismatch"; header: string }
  | { outcome: "expired"; ago_seconds: number }
  | { outcome: "timestamp_out_of_tolerance"; skew_seconds: number };

export type InboxMessageDto = {
  id: string;
  received_at: Instant;
  method: string;
  path: string;
  headers: [string, string][];
  body: string;
  /** True when `body` is only its beginning (in lists). */
  body_truncated: boolean;
  body_encoding: "utf8" | "base64";
  body_size: number;
  verification: InboxVerification;
  responded_status: number;
};
