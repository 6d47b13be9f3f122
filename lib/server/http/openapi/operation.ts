// Owns what has to be said about one operation of the public API. Knows no OpenAPI syntax.
import type { z } from "zod";
import type { ApiKeyScope } from "@/lib/domain/access/permissions";
import type { ErrorCode } from "@/lib/domain/errors";

export const TAGS = [
  "Events",
  "Endpoints",
  "Subjects",
  "Webhooks",
  "Deliveries",
  "Profiles",
  "Event types",
  "Environment",
  "Description",
] as const;
export type Tag = (typeof TAGS)[number];

export type Operation = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Below the server's address, parameters in braces. */
  path: `/api/v1/${string}`;
  /** Unique, camel case: generators make function names of it. */
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  /** Null for what anyone may read. */
  scope: ApiKeyScope | null;
  /** Path parameter → what it is. */
  params?: Record<string, string>;
  query?: z.ZodObject;
  /** True when `Idempotency-Key` is heeded. */
  idempotent?: boolean;
  body?: { name: string; schema: z.ZodType; example: unknown; optional?: boolean };
  answer: {
    status: 200 | 201 | 202 | 204;
    description: string;
    name?: string;
    schema?: z.ZodType;
    example?: unknown;
    /** Another status of success with an answer of the same form. */
    also?: { status: 200 | 201; description: string };
  };
  /** Beyond those that every authenticated operation may answer. */
  errors: readonly ErrorCode[];
};

/** What any call may meet, whatever it asks for. */
export const COMMON_ERRORS: readonly ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "rate_limited",
  "overloaded",
  "database_unavailable",
  "internal_error",
];

export const BODY_ERRORS: readonly ErrorCode[] = [
  "invalid_request",
  "invalid_json",
  "invalid_utf8",
  "body_too_deep",
  "payload_too_large",
  "unsupported_media_type",
];
