// Owns what an attempt's answer means for its delivery: success, another try, or the end. Knows no clock and no storage.
import { nextDelayMs, type RetryPolicy } from "@/lib/domain/retry/policy";
import type { AttemptErrorClass } from "./error-classes";
import type { DeliveryState, DeliveryTrigger } from "./states";

/** What came back: a status, or the class of the failure before there was one. */
export type AttemptResult = { status: number } | { errorClass: AttemptErrorClass };

/** 200 to 299: what a receiver's yes is unless its profile says otherwise. */
const isOk = (status: number) => status >= 200 && status <= 299;

/** The class of an unsuccessful status, or null for what `isSuccess` accepts. */
export function classifyStatus(
  status: number,
  isSuccess: (status: number) => boolean = isOk,
): AttemptErrorClass | null {
  if (isSuccess(status)) return null;
  if (status >= 300 && status <= 399) return "redirect";
  if (status === 410) return "gone";
  if (status === 429) return "rate_limited";
  if (status >= 400 && status <= 499) return "client_error";
  if (status >= 500 && status <= 599) return "server_error";
  return "unexpected_status";
}

/** There is no body to send, and there will be none at the next attempt either. */
const UNBUILDABLE: ReadonlySet<AttemptErrorClass> = new Set([
  "payload_expired",
  "transform_failed",
  "body_too_large",
]);

export type Verdict = {
  state: Extract<DeliveryState, "succeeded" | "failed" | "pending">;
  reason: string | null;
  errorClass: AttemptErrorClass | null;
  /** Milliseconds until the next attempt; set exactly when the state is `pending`. */
  delayMs: number | null;
  /** The receiver said 410: nothing more shall be sent to this endpoint. */
  disableEndpoint: boolean;
};

export type JudgeInput = {
  result: AttemptResult;
  trigger: DeliveryTrigger;
  policy: RetryPolicy;
  /** Attempts with a recorded outcome, this one included. */
  step: number;
  /** Uniform in [0, 1). */
  random: number;
  /** Clamped Retry-After in milliseconds; heeded on 429 and 503 only. */
  retryAfterMs: number | null;
  /** Which statuses the profile takes for a success. */
  isSuccess?: ((status: number) => boolean) | undefined;
  /** Milliseconds since the first attempt, for schedules that end after a time. */
  elapsedMs?: number | undefined;
};

/** The verdict over one attempt. Tests and replays get one attempt: they are inert, a person looks at their outcome. */
export function judgeAttempt(input: JudgeInput): Verdict {
  const { result, trigger, policy, step, random, retryAfterMs, isSuccess, elapsedMs } = input;
  const errorClass = "status" in result ? classifyStatus(result.status, isSuccess) : result.errorClass;
  const verdict = { errorClass, delayMs: null, disableEndpoint: false };
  if (errorClass === null) return { ...verdict, state: "succeeded", reason: null };
  if (errorClass === "gone")
    return { ...verdict, state: "failed", reason: "receiver_gone", disableEndpoint: trigger === "event" };
  if (UNBUILDABLE.has(errorClass)) return { ...verdict, state: "failed", reason: errorClass };
  if (trigger !== "event") return { ...verdict, state: "failed", reason: "single_attempt" };
  const heeded = "status" in result && (result.status === 429 || result.status === 503) ? retryAfterMs : null;
  const delayMs = nextDelayMs({ policy, step, random, retryAfterMs: heeded ?? undefined, elapsedMs });
  if (delayMs === null) return { ...verdict, state: "failed", reason: "schedule_exhausted" };
  return { ...verdict, state: "pending", reason: null, delayMs };
}
