"use client";
// Owns a value that has not changed for a moment: what is asked of the server while somebody types.

import { useEffect, useState } from "react";

const TYPING_PAUSE_MS = 400;

/** The value as it was before the last pause in typing; compared by identity. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
