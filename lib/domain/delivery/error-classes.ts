// Owns the stable classes of a failed attempt. The outbound module picks one; the dashboard explains it.

export const ATTEMPT_ERROR_CLASSES = [
  "target_not_allowed",
  "dns_error",
  "connection_refused",
  "connect_timeout",
  "connection_reset",
  "connection_closed",
  "network_error",
  "proxy_error",
  "tls_error",
  "timeout",
  "protocol_error",
  "response_headers_too_large",
  "redirect",
  "gone",
  "rate_limited",
  "client_error",
  "server_error",
  "unexpected_status",
  "interrupted",
  "auth_failed",
  "secret_unreadable",
  "payload_expired",
  "transform_failed",
  "body_too_large",
  "internal_error",
] as const;

export type AttemptErrorClass = (typeof ATTEMPT_ERROR_CLASSES)[number];
