"use client";
// Owns the question before a page with something unsaved is left: the browser's own for closing and reloading,
// ours for links. The back button stays inside the wizard, which keeps the secret in memory.

import { useEffect, useState } from "react";

/** While `isActive`, links lead to `askedHref` first; the caller shows the question and goes there or not. */
export function useLeaveGuard(isActive: boolean) {
  const [askedHref, setAskedHref] = useState<string | null>(null);

  useEffect(() => {
    if (!isActive) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === "_blank") return;
      event.preventDefault();
      event.stopPropagation();
      setAskedHref(link.href);
    };
    addEventListener("beforeunload", onUnload);
    // In the capture phase, because Next's Link would have navigated by the time a click bubbles up.
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [isActive]);

  return { askedHref, dismiss: () => setAskedHref(null) };
}
