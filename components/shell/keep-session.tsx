"use client";
// Owns the sign of life: while somebody looks at the page, the idle time of the session starts over.

import { useEffect } from "react";
import { renewSession } from "@/lib/client/session";

const RENEW_MS = 10 * 60_000;

export function KeepSession() {
  useEffect(() => {
    let last = Date.now();
    const renew = () => {
      if (document.visibilityState !== "visible" || Date.now() - last < RENEW_MS) return;
      last = Date.now();
      // No answer is no reason to end a session; the next try comes by itself.
      renewSession().then(
        (alive) => alive || location.reload(),
        () => undefined,
      );
    };
    const timer = setInterval(renew, 60_000);
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }, []);
  return null;
}
