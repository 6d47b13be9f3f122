// Owns the id that joins an answer to its log line. Always our own: a caller's id would let it forge log entries.
import { randomBytes } from "node:crypto";
import { makeId } from "@/lib/domain/ids";

export const REQUEST_ID_HEADER = "x-request-id";

/** A new request id, such as `req_01jd…`. */
export function newRequestId(): string {
  return makeId("request", Date.now(), randomBytes(10));
}
