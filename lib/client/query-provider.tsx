"use client";
// Owns the query client of a signed-in page: when data counts as old, what is retried, where a dead session leads.

import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ProblemError } from "./problem-error";

/** Data this young is shown without asking again; the live stream invalidates what changed in between. */
const STALE_MS = 5_000;
const MAX_RETRIES = 2;

/** A session that ended (elsewhere, or by time) leads to sign-in and back here. */
function onError(error: unknown): void {
  if (!(error instanceof ProblemError) || error.code !== "unauthenticated") return;
  const here = `${location.pathname}${location.search}`;
  location.assign(`/sign-in?callbackUrl=${encodeURIComponent(here)}`);
}

/** A refusal stays a refusal; only silence and trouble on the server's side are worth another try. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= MAX_RETRIES) return false;
  return !(error instanceof ProblemError) || error.status === 0 || error.status >= 500;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: STALE_MS, retry: isWorthRetrying, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
