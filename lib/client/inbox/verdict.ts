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

/** What a verdict means. */
export function verdictText(verification: InboxVerification): VerdictText {
  const refused = { tone: "danger", label: "Not verified", title: "Not verified" } as const;
  switch (verification.outcome) {
    case "verified":
      return {
        tone: "success",
        label: "Verified",
        title: "Signature verified",
        text: `The secret ${verification.secret_hint} gives exactly this signature over webhook-id, webhook-timestamp and the body as it came.`,
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
        text: "webhook-id, webhook-timestamp or webhook-signature is missing. A delivery by Signpost has all three.",
      };
    case "bad_timestamp":
      return { ...refused, text: "webhook-timestamp is not a whole number of seconds since 1970." };
    case "timestamp_out_of_tolerance": {
      const { skew_seconds: skew } = verification;
      const where = skew > 0 ? "in the past" : "in the future";
      return {
        ...refused,
        text: `webhook-timestamp lies ${describeSeconds(skew)} ${where}; 5 minutes are tolerated. An old request was sent again, or a clock is wrong.`,
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
