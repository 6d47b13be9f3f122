// Owns successful JSON answers. They belong to one caller, so no cache may keep them.

export type JsonResponseOptions = { status?: number; headers?: Record<string, string> };

/** `data` as JSON with `Cache-Control: private, no-store`; 200 unless told otherwise. */
export function jsonResponse(data: unknown, options: JsonResponseOptions = {}): Response {
  return new Response(JSON.stringify(data), {
    status: options.status ?? 200,
    headers: {
      "content-type": "application/json",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      ...options.headers,
    },
  });
}

/** 204 without a body. */
export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: { "cache-control": "private, no-store" } });
}
