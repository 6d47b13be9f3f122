// Owns the inbox's verdicts in words: what was found, why, and what to do about it.
import type { InboxMessageDto, InboxVerification } from "@/lib/contracts/inbox";

export type VerdictText = {
  tone: "success" | "danger" | "neutral";
  /** Two words for a list. */
  label: string;
  title: string;
  text: string;
};

/** "8 minutes", "45 seconds", "3 hours", "2 days": a distance in its largest whole unit. */
export function describeSeconds(seconds: number): string {
  const units = [
    [86_400, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ] as const;
  const distance = Math.abs(seconds);
  const [size, name] = units.find(([unit]) => distance >= unit * 2) ?? [1, "second"];
  const amount = Math.round(distance / size);
  return `${amount} ${name}${amount === 1 ? "" : "s"}`;
}

const listOf = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? "A header") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** What a verdict means. */
export function verdictText(verification: InboxVerification): VerdictText {
  const refused = { tone: "danger", label: "Not verified", title: "Not verified" } as const;
  switch (verification.outcome) {
    case "verified":
      return {
        tone: "success",
        label: "Verified",
        title: "Signature verified",
        text: `The secret ${verification.secret_hint} gives exactly this signature, as the endpoint's profile computes it, over the body as it came.`,
      };
    case "no_endpoint":
      return {
        tone: "neutral",
        label: "Not checked",
        title: "Not checked",
        text: "No endpoint of this environment delivers to this address, so there is no secret to check with.",
      };
    case "missing_headers":
      return {
        ...refused,
        text: `${listOf(verification.headers ?? ["webhook-id", "webhook-timestamp", "webhook-signature"])} should be there: every delivery of the endpoint has them.`,
      };
    case "unsigned":
      return {
        tone: "neutral",
        label: "Unsigned",
        title: "Not signed",
        text: "The endpoint's profile does not sign, so there is nothing to check.",
      };
    case "malformed_signature":
      return {
        ...refused,
        text: `${verification.header} does not have the form that the endpoint's profile gives it.`,
      };
    case "content_hash_mismatch":
      return {
        ...refused,
        text: `${verification.header} is not the hash of this body: the body was changed on the way.`,
      };
    case "expired":
      return {
        ...refused,
        text: `The signature expired ${describeSeconds(verification.ago_seconds)} ago. An old request was sent again, or a clock is wrong.`,
      };
    case "bad_timestamp":
      return {
        ...refused,
        text: "The timestamp in the headers is not a number of seconds or milliseconds since 1970.",
      };
    case "timestamp_out_of_tolerance": {
      const { skew_seconds: skew } = verification;
      const where = skew > 0 ? "in the past" : "in the future";
      return {
        ...refused,
        text: `The signed timestamp lies ${describeSeconds(skew)} ${where}; 5 minutes are tolerated. An old request was sent again, or a clock is wrong.`,
      };
    }
    case "no_match":
      return {
        ...refused,
        text: "No secret of the endpoints that deliver here gives this signature. The body was changed on the way, or it was signed with another secret.",
      };
  }
}

/** The event type in a body that looks like a Standard Webhooks payload, or null. A preview that was cut still has it. */
export function eventTypeOf(message: Pick<InboxMessageDto, "body" | "body_encoding">): string | null {
  if (message.body_encoding !== "utf8" || !message.body.trimStart().startsWith("{")) return null;
  return /^\s*\{\s*"type"\s*:\s*"([A-Za-z0-9_.-]{1,256})"/.exec(message.body)?.[1] ?? null;
}
