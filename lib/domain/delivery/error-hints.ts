// Owns what an operator reads about a class of failed attempts: what it means and what to do. Knows no attempt.
import type { AttemptErrorClass } from "./error-classes";

export type ErrorHint = {
  /** Two to four words, for lists and pills. */
  label: string;
  /** One sentence: what happened. */
  title: string;
  /** What to do about it, and who can. */
  advice: string;
};

const HINTS: Record<AttemptErrorClass, ErrorHint> = {
  target_not_allowed: {
    label: "Target not allowed",
    title: "The address is one that this instance must not send to.",
    advice:
      "The name resolves to a private, reserved or metadata address. Use a public address, or ask whoever runs this instance to add it to SIGNPOST_ALLOWED_TARGETS.",
  },
  dns_error: {
    label: "DNS error",
    title: "The host name could not be resolved.",
    advice:
      "Check the spelling of the host in the endpoint's URL and its DNS records. A record that was just made may take a while to be visible.",
  },
  connection_refused: {
    label: "Connection refused",
    title: "Nothing accepts connections at that address and port.",
    advice: "Check that the receiver is running, listens on this port, and that a firewall lets us in.",
  },
  connect_timeout: {
    label: "Connect timeout",
    title: "The receiver's address did not answer the attempt to connect.",
    advice: "A firewall is probably dropping our packets, or the host is down. Check both, then retry.",
  },
  connection_reset: {
    label: "Connection reset",
    title: "The connection was reset before an answer came.",
    advice:
      "The receiver or a proxy in front of it dropped the connection. It may still have processed the request: rely on webhook-id to recognise a repeat.",
  },
  connection_closed: {
    label: "Connection closed",
    title: "The receiver closed the connection without answering.",
    advice:
      "Look for a crash or restart in the receiver's log at this time. It may have processed the request: rely on webhook-id to recognise a repeat.",
  },
  network_error: {
    label: "Network error",
    title: "The network between here and the receiver failed.",
    advice: "Usually passing: the next attempt may succeed. If it repeats, check routing and firewalls.",
  },
  proxy_error: {
    label: "Proxy error",
    title: "The egress proxy of this instance did not let the request out.",
    advice:
      "This is not the receiver's fault unless the message says that it could not be reached. Whoever runs this instance can look at SIGNPOST_EGRESS_PROXY and the proxy's log.",
  },
  tls_error: {
    label: "TLS error",
    title: "No trusted encrypted connection could be made.",
    advice:
      "The message says what is wrong: an expired certificate, another host name, or a missing intermediate. Renew or complete the receiver's certificate chain.",
  },
  timeout: {
    label: "Timeout",
    title: "The receiver did not answer in time.",
    advice:
      "Answer 2xx as soon as the request is stored and do the work afterwards. If that is not possible, raise the timeout in the endpoint's settings.",
  },
  protocol_error: {
    label: "Protocol error",
    title: "The answer was not valid HTTP.",
    advice:
      "Check that the URL's port speaks HTTP (and https where it says https), and any proxy in between.",
  },
  response_headers_too_large: {
    label: "Headers too large",
    title: "The answer's headers are larger than we read.",
    advice: "Remove large cookies or debug headers from the receiver's answer. A bare 204 is enough.",
  },
  redirect: {
    label: "Redirect",
    title: "The receiver answered with a redirect, which is never followed.",
    advice:
      "Put the final address into the endpoint's URL: often https instead of http, or with or without www or a trailing slash.",
  },
  gone: {
    label: "410 Gone",
    title: "The receiver says that it is gone for good.",
    advice:
      "The endpoint has been disabled, as the receiver asked. If that was a mistake, fix the receiver, enable the endpoint and replay.",
  },
  rate_limited: {
    label: "Rate limited",
    title: "The receiver asks us to slow down (429).",
    advice:
      "The next attempt waits at least as long as its Retry-After says. If it keeps happening, lower the endpoint's concurrency.",
  },
  client_error: {
    label: "Refused (4xx)",
    title: "The receiver refused the request.",
    advice:
      "Read the response body. 401 and 403 usually mean a wrong signing secret or header, 404 a wrong path, 400 or 422 a payload it did not expect.",
  },
  server_error: {
    label: "Receiver error (5xx)",
    title: "The receiver failed while handling the request.",
    advice: "Look into the receiver's log at this time. Once it is fixed, retry now or replay.",
  },
  unexpected_status: {
    label: "Unexpected status",
    title: "The answer's status is not one that HTTP defines for this.",
    advice: "Success is 200 to 299. Make the receiver answer with one of those.",
  },
  interrupted: {
    label: "Interrupted",
    title: "This instance stopped or lost its lease during the attempt.",
    advice:
      "Nothing to do: the delivery was taken up again. The receiver may have seen this request; webhook-id tells it that the next one is a repeat.",
  },
  auth_failed: {
    label: "No access token",
    title: "Nothing was sent, because the token server gave no access token.",
    advice:
      "The message says what it answered. Check the token URL, client id, secret and scope in the endpoint's settings. The next attempt asks again.",
  },
  secret_unreadable: {
    label: "Secret unreadable",
    title: "Nothing was sent, because the signing secret could not be decrypted.",
    advice:
      "The encryption key of this instance has changed. Restore SIGNPOST_ENCRYPTION_KEY, or rotate the endpoint's secret.",
  },
  transform_failed: {
    label: "Mapping failed",
    title: "Nothing was sent, because the endpoint's field mapping cannot be applied to this event.",
    advice:
      "The result would be too large or too deep. Change the mapping, then replay with the settings of now.",
  },
  body_too_large: {
    label: "Body too large",
    title: "Nothing was sent, because the profile makes a body of more than 512 KiB of this event.",
    advice:
      "The envelope names the event's data several times, or its field mapping adds to it. Change the profile, then replay with the settings of now.",
  },
  payload_expired: {
    label: "Payload expired",
    title: "Nothing was sent, because retention had already cleared the payload.",
    advice: "The event cannot be delivered any more. Send it again from the producer if it is still needed.",
  },
  internal_error: {
    label: "Internal error",
    title: "Signpost failed while making this attempt.",
    advice: "This is not the receiver's fault. Look into this instance's log at this time.",
  },
};

/** What to tell a person about a class of failure. */
export function errorHint(errorClass: AttemptErrorClass): ErrorHint {
  return HINTS[errorClass];
}
