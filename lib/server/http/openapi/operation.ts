// Owns what has to be said about one operation of the public API. Knows no OpenAPI syntax.
import type { z } from "zod";
import type { ApiKeyScope } from "@/lib/domain/access/permissions";
import type { ErrorCode } from "@/lib/domain/errors";
import type { PathParameter } from "./parameters";

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
  description: string;
  /** Null for what anyone may read. */
  scope: ApiKeyScope | null;
  /** Scopes that every call needs beside `scope`. */
  alsoScopes?: readonly ApiKeyScope[];
  /** Scopes that some calls need beside `scope`, with the words for when. */
  sometimesScopes?: Partial<Record<ApiKeyScope, string>>;
  params?: Record<string, PathParameter>;
  query?: z.ZodObject;
  /** True when `Idempotency-Key` is heeded. */
  idempotent?: boolean;
  body?: {
    name: string;
    schema: z.ZodType;
    example: unknown;
    optional?: boolean;
    /** Largest body in bytes; the usual limit unless given. */
    maxBytes?: number;
  };
  answer: {
    status: 200 | 201 | 202 | 204;
    description: string;
    name?: string;
    schema?: z.ZodType;
    example?: unknown;
    /** True when a repetition is answered with `Idempotent-Replayed: true`. */
    tellsRepetition?: boolean;
    /** True for what caches may keep; everything else must not be kept. */
    isPublic?: boolean;
    /** Another status of success with an answer of the same form. */
    also?: { status: 200 | 201; description: string };
  };
  /** Beyond those that every operation with a key may answer. */
  errors: readonly ErrorCode[];
  /** What leads to an error here, where the title of its code does not say it. */
  because?: Partial<Record<ErrorCode, string>>;
  /** False for ingest, which has back-pressure instead of the limit of calls each second. */
  isPaced?: boolean;
};

/** What every operation with a key may answer. */
const KEY_ERRORS: readonly ErrorCode[] = [
  "unauthenticated",
  "forbidden",
  "overloaded",
  "database_unavailable",
  "internal_error",
];

/** What every operation with a body may answer. */
export const BODY_ERRORS: readonly ErrorCode[] = [
  "invalid_request",
  "invalid_json",
  "invalid_utf8",
  "body_too_deep",
  "payload_too_large",
  "unsupported_media_type",
];

/** All codes that the operation may answer. */
export function errorsOf({ scope, errors, isPaced = true }: Operation): readonly ErrorCode[] {
  if (scope === null) return errors;
  return [...new Set([...errors, ...KEY_ERRORS, ...(isPaced ? (["rate_limited"] as const) : [])])];
}
