// Owns the chapter on errors: every code, its status, and what a caller does about it.
import { CodeBlock } from "@/components/ui/code-block";
import type { ErrorCode } from "@/lib/domain/errors";
import { ERROR_CODES } from "@/lib/domain/errors";
import { Code, DocsSection, FactTable, Paragraph } from "./prose";

const ADVICE: Record<ErrorCode, string> = {
  invalid_request: "A field or parameter is wrong; errors names each one.",
  invalid_json: "The body is no JSON; detail says at which line and column.",
  invalid_utf8: "Send UTF-8 without a byte order mark.",
  body_too_deep: "At most 128 levels of nesting.",
  payload_too_large: "Send less: an event has at most 256 KiB.",
  unsupported_media_type: "Send application/json, not compressed.",
  unauthenticated: "The key is missing, unknown, expired or revoked.",
  forbidden: "The key is known and lacks the scope that detail names.",
  not_found: "Nothing with this id in the key's environment.",
  method_not_allowed: "The Allow header has the methods that work.",
  conflict: "The state of the object does not allow it now.",
  idempotency_mismatch: "This Idempotency-Key came with another body before.",
  event_id_conflict: "An event with this id and other content exists.",
  target_not_allowed: "The address is private, reserved or malformed; detail says which.",
  rate_limited: "Wait for Retry-After seconds.",
  overloaded: "Nothing was stored. Wait for Retry-After seconds and send it again.",
  database_unavailable:
    "Nothing was stored for certain. Wait for Retry-After seconds; repeat with the same id.",
  internal_error: "Our mistake. request_id finds it in the log.",
};

/** `statusOf` comes from the server's own table. */
export function Errors({ statusOf }: { statusOf: Record<ErrorCode, number> }) {
  return (
    <DocsSection id="errors" title="Errors">
      <Paragraph>
        Errors are <Code>application/problem+json</Code> (RFC 9457). Programs look at <Code>code</Code>, which
        never changes; people read <Code>detail</Code>.
      </Paragraph>
      <CodeBlock
        title="400 Bad Request"
        copyLabel="Copy example"
        className="max-w-3xl"
        code={JSON.stringify(
          {
            type: "/docs#error-invalid_request",
            title: "The request is not valid",
            status: 400,
            code: "invalid_request",
            detail: "The body is not valid. event_types[0]: must be an event type such as order.paid",
            errors: [{ path: "event_types[0]", message: "must be an event type such as order.paid" }],
            request_id: "req_01kahg5b2vecqb9h1m4x8s7t6w",
          },
          null,
          2,
        )}
      />
      <FactTable
        label="Error codes"
        head={["Code", "Status", "What to do"]}
        rows={ERROR_CODES.map((code) => ({
          key: code,
          id: `error-${code}`,
          cells: [
            <Code key="code">{code}</Code>,
            <span key="status" className="tabular">
              {statusOf[code]}
            </span>,
            ADVICE[code],
          ],
        }))}
      />
    </DocsSection>
  );
}
