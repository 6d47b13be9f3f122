// Owns the one breakpoint that changes what a page does, not only how it looks: room for list and detail side by side.
import { useSyncExternalStore } from "react";

/** The same width as Tailwind's `lg`. */
const QUERY = "(min-width: 64rem)";

function subscribe(listener: () => void): () => void {
  const media = matchMedia(QUERY);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

/** True from 1,024 px. The server renders the wide page; a phone corrects it before it paints a detail. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(QUERY).matches,
    () => true,
  );
}
