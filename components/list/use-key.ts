"use client";
// Owns single-key shortcuts of a page: never while somebody types, picks or answers a dialog.

import { useEffect, useEffectEvent } from "react";

const BUSY =
  "input, textarea, select, [contenteditable=true], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/** Calls `onPress` when one of `keys` is pressed with no modifier (Shift may be part of the character, as in "?"). */
export function useKey(keys: readonly string[], onPress: (key: string) => void, enabled = true): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return;
    if (!keys.includes(event.key)) return;
    if (event.target instanceof Element && event.target.closest(BUSY)) return;
    event.preventDefault();
    onPress(event.key);
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [enabled]);
}
