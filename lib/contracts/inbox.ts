// Owns the wire shapes of the Inbox, the built-in test receiver.
import { z } from "zod";
import type { Instant } from "./common";

export const updateInboxInput = z.strictObject({ respond_status: z.number().int().min(200).max(599) });
export type UpdateInboxInput = z.infer<typeof updateInboxInput>;

export type InboxDto = {
  id: string;
  url: string;
  respond_status: number;
  endpoint_ids: string[];
  created_at: Instant;
};

export type InboxVerification =
  | { outcome: "verified"; endpoint_id: string; secret_hint: string }
  | { outcome: "no_endpoint" }
  | { outcome: "missing_headers" | "bad_timestamp" | "no_match" }
  | { outcome: "timestamp_out_of_tolerance"; skew_seconds: number };

export type InboxMessageDto = {
  id: string;
  received_at: Instant;
  method: string;
  path: string;
  headers: [string, string][];
  body: string;
  body_encoding: "utf8" | "base64";
  body_size: number;
  verification: InboxVerification;
  responded_status: number;
};
