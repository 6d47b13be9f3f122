// Owns the one translation from anything thrown to an AppError that a caller may see.
// Nothing of an unknown error reaches the caller: drivers put SQL, paths and addresses into their messages.
import { AppError, type FieldError, isAppError } from "@/lib/domain/errors";

/** PostgreSQL (SQLSTATE), Node and Prisma codes that mean "no working connection", not "wrong request". */
const UNAVAILABLE_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "57014",
  "53100",
  "53200",
  "53300",
  "53400",
  "25006",
  "25P03",
  "58000",
  "58030",
  "P1000",
  "P1001",
  "P1002",
  "P1003",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
]);

/** Prisma's driver adapter names its kinds instead of giving a code. */
const UNAVAILABLE_KINDS = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "DatabaseDoesNotExist",
  "AuthenticationFailed",
]);

/** node-postgres gives these without any code. */
const UNAVAILABLE_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|connection timeout|client was closed|cannot use a pool after/i;

/** Serialisation failure and deadlock: the same call may simply be made again. */
const CONTENTION_CODES = new Set(["40001", "40P01", "55P03", "P2034"]);

/** PostgreSQL stores no NUL and no broken UTF-8; such text is the caller's mistake wherever it slipped through. */
const BAD_TEXT_CODES = new Set(["22021", "22P05"]);

const MAX_FIELD_ERRORS = 50;
const MAX_MESSAGE = 300;
const MAX_CAUSES = 6;

type Bag = Record<string, unknown>;
const isBag = (value: unknown): value is Bag => typeof value === "object" && value !== null;

/** The error and everything that it says caused it, at most a few levels deep. */
function chain(error: unknown): Bag[] {
  const found: Bag[] = [];
  let level: unknown[] = [error];
  for (let depth = 0; depth < MAX_CAUSES && level.length > 0; depth++) {
    const bags = level.filter(isBag);
    found.push(...bags);
    level = bags.flatMap((bag) => [
      bag.cause,
      isBag(bag.meta) ? bag.meta.driverAdapterError : undefined,
      ...(Array.isArray(bag.errors) ? bag.errors.slice(0, 5) : []),
    ]);
  }
  return found;
}

const codesOf = (bag: Bag) =>
  [bag.code, bag.originalCode, bag.errorCode].filter((code) => typeof code === "string");

function isUnavailable(bag: Bag): boolean {
  // SQLSTATE class 08 is "connection exception".
  if (codesOf(bag).some((code) => UNAVAILABLE_CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code))) return true;
  if (typeof bag.kind === "string" && UNAVAILABLE_KINDS.has(bag.kind)) return true;
  return typeof bag.message === "string" && UNAVAILABLE_MESSAGES.test(bag.message);
}

/** `["a", 0, "b"]` as `a[0].b`, the form of FieldError. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

type Issue = { path: PropertyKey[]; message: string };

/** The issues of a zod error of any copy of zod (bundles have their own), or undefined. */
function zodIssues(error: unknown): Issue[] | undefined {
  if (!isBag(error) || !Array.isArray(error.issues)) return undefined;
  if (error.name !== "ZodError" && error.name !== "$ZodError") return undefined;
  return error.issues as Issue[];
}

/** zod's issues as an `invalid_request` that names each field. */
export function invalidRequest(issues: readonly Issue[], what = "request"): AppError {
  const errors: FieldError[] = issues.slice(0, MAX_FIELD_ERRORS).map((issue) => ({
    path: fieldPath(issue.path).slice(0, MAX_MESSAGE),
    message: issue.message.slice(0, MAX_MESSAGE),
  }));
  const [first] = errors;
  const where = first && first.path !== "" ? `${first.path}: ` : "";
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new AppError("invalid_request", `The ${what} is not valid. ${where}${first?.message ?? ""}${more}`, {
    errors,
  });
}

/** Any thrown value as an AppError; what is not known becomes `internal_error` with the value as its cause. */
export function classifyError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const issues = zodIssues(error);
  if (issues) return invalidRequest(issues);
  const links = chain(error);
  const has = (codes: Set<string>) => links.some((bag) => codesOf(bag).some((code) => codes.has(code)));
  if (has(BAD_TEXT_CODES)) {
    return new AppError("invalid_request", "Text must not contain NUL characters.", { cause: error });
  }
  if (has(CONTENTION_CODES)) {
    return new AppError("overloaded", "Too much is changing at once here. Try again.", {
      retryAfterSeconds: 1,
      cause: error,
    });
  }
  if (links.some(isUnavailable)) {
    return new AppError(
      "database_unavailable",
      "The database is not reachable right now. Try again shortly.",
      {
        retryAfterSeconds: 2,
        cause: error,
      },
    );
  }
  return new AppError(
    "internal_error",
    "Something went wrong on our side. The request id helps us find it.",
    {
      cause: error,
    },
  );
}
