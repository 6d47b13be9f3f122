// Owns the browser's view of a refused request: the server's problem document as an Error. Knows no page.
import { z } from "zod";
import type { ErrorCode, FieldError } from "@/lib/domain/errors";

/** `network` = no answer came, `unreadable` = an answer that is no problem document (a proxy's page, for example). */
export type ProblemCode = ErrorCode | "network" | "unreadable";

const problemDocument = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  request_id: z.string().optional(),
});

export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];
  /** For support; null when the server gave none. */
  readonly requestId: string | null;
  /** Seconds until the same request may succeed; null when the server did not say. */
  readonly retryAfterSeconds: number | null;

  constructor(facts: {
    status: number;
    code: ProblemCode;
    detail: string;
    errors?: readonly FieldError[];
    requestId?: string | null;
    retryAfterSeconds?: number | null;
  }) {
    super(facts.detail);
    this.status = facts.status;
    this.code = facts.code;
    this.errors = facts.errors ?? [];
    this.requestId = facts.requestId ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}

/** Reads a response that is not 2xx. Never throws. */
export async function problemFrom(response: Response): Promise<ProblemError> {
  const retryAfter = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const common = {
    status: response.status,
    requestId: response.headers.get("x-request-id"),
    retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter,
  };
  const parsed = problemDocument.safeParse(await response.json().catch(() => null));
  if (!parsed.success) {
    const detail = `Signpost answered ${response.status} without an explanation.`;
    return new ProblemError({ ...common, code: "unreadable", detail });
  }
  const { code, detail, errors, request_id: requestId } = parsed.data;
  return new ProblemError({
    ...common,
    // The server's list is closed; an older page talking to a newer server only shows the words.
    code: code as ErrorCode,
    detail,
    errors,
    requestId: requestId ?? common.requestId,
  });
}

/** True when the server says that there is nothing of this id here. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ProblemError && error.code === "not_found";
}

/** What to show for anything thrown by a query or mutation. */
export function errorText(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  return "Something went wrong in this page. Reload it and try again.";
}
