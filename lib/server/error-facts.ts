// Owns what a log line may say of an error. Drivers hang requests, queries and connection strings onto theirs.

/** Name, message, stack and code, cut to a sane length; never the properties that somebody attached. */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return {
    type: error.name,
    message: error.message.slice(0, 1000),
    stack: error.stack?.slice(0, 4000),
    ...code,
  };
}
