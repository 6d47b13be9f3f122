"use client";
// Owns the question before a page with something unsaved is left. Whatever leaves asks here: links and the back button are
// caught by the hook, code that navigates by itself goes through `leavePage`. Closing and reloading get the browser's own
// question, because a page may not show one then.

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { interceptBack } from "./back-button";

type Go = () => void;

/** Asks, for the page that has something to lose; there is one at most. */
let asker: ((go: Go) => void) | null = null;

/** Goes, at once or as soon as a person who would lose something has agreed. */
export function leavePage(go: Go): void {
  if (asker === null) go();
  else asker(go);
}

/** The link that a plain press would follow in this window, away from this page. */
function linkAway(event: MouseEvent): HTMLAnchorElement | null {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank" || link.hasAttribute("download")) {
    return null;
  }
  return isHere(link) ? null : link;
}

const isHere = (address: { pathname: string; search: string }) =>
  address.pathname === location.pathname && address.search === location.search;

export type LeaveGuard = {
  /** Somebody is about to leave: show the question. */
  isAsking: boolean;
  stay: () => void;
  leave: () => void;
};

/** Guards the page for as long as the calling component is mounted. */
export function useLeaveGuard(): LeaveGuard {
  const router = useRouter();
  const [wish, setWish] = useState<{ go: Go } | null>(null);
  const isLeaving = useRef(false);
  const follow = useEffectEvent((href: string) => router.push(href));

  useEffect(() => {
    const ask = (go: Go) => setWish({ go });
    const page = { href: location.href, pathname: location.pathname, search: location.search };
    // Next keeps in it what the entry shows; the browser hands out that of the current entry only.
    const entry: unknown = history.state;
    const onClick = (event: MouseEvent) => {
      const link = linkAway(event);
      if (link === null) return;
      // Next's links leave a press alone that is prevented; menus and drawers around them close as ever.
      event.preventDefault();
      ask(() => follow(link.href));
    };
    const onPopState = (event: PopStateEvent) => {
      if (isLeaving.current || isHere(page)) return;
      // The browser is at the other entry already, the page is not, because Next never hears of it. This one is put
      // on top of that, so that leaving means: back once more.
      event.stopImmediatePropagation();
      history.pushState(entry, "", page.href);
      ask(() => history.back());
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) event.preventDefault();
    };
    asker = ask;
    const letBackBe = interceptBack(onPopState);
    // In the capture phase, to be sooner than Next.
    document.addEventListener("click", onClick, { capture: true });
    addEventListener("beforeunload", onUnload);
    return () => {
      if (asker === ask) asker = null;
      letBackBe();
      document.removeEventListener("click", onClick, { capture: true });
      removeEventListener("beforeunload", onUnload);
    };
  }, []);

  return {
    isAsking: wish !== null,
    stay: () => setWish(null),
    leave: () => {
      isLeaving.current = true;
      setWish(null);
      wish?.go();
    },
  };
}
