// Owns every request of the dashboard to our own API: one fetch, problems as ProblemError. Knows no feature.
import { ProblemError, problemFrom } from "./problem-error";

/** Where in the dashboard a request belongs: the first two segments of the address. */
export type Place = { workspace: string; environment: "live" | "sandbox" };

type QueryValue = string | number | boolean | null | undefined;

/** `/api/dashboard/{workspace}/{environment}{path}?…`; null, undefined and empty values are left out. */
export function dashboardUrl(place: Place, path: string, query: Record<string, QueryValue> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  const base = `/api/dashboard/${encodeURIComponent(place.workspace)}/${place.environment}${path}`;
  return text ? `${base}?${text}` : base;
}

export type ApiRequest = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
};

/** The JSON answer (undefined for 204). Throws ProblemError; an abort by `signal` is thrown as it is. */
export async function apiFetch<T>(
  url: string,
  { method = "GET", body, signal }: ApiRequest = {},
): Promise<T> {
  const init: RequestInit = { method, credentials: "same-origin", headers: { accept: "application/json" } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { accept: "application/json", "content-type": "application/json" };
  }
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ProblemError({ status: 0, code: "network", detail: "Signpost could not be reached." });
  }
  if (!response.ok) throw await problemFrom(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
