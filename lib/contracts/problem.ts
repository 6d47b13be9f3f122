// Owns the shape of every error answer: RFC 9457 problem details.
import type { ErrorCode, FieldError } from "@/lib/domain/errors";

export type ProblemDto = {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  errors?: FieldError[];
  request_id: string;
};
