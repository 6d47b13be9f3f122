// Owns hearing of the back button before the router does. Browsers call the window's listeners in the order in which they
// were added, capturing or not, so ours is added before the router's (instrumentation-client.ts) and does nothing until asked.

type Interceptor = (event: PopStateEvent) => void;

let interceptor: Interceptor | null = null;

/** To be called once, before the router starts. */
export function listenBeforeRouter(): void {
  addEventListener("popstate", (event) => interceptor?.(event));
}

/** Gives every move through the history to `next` first, until the returned function is called. */
export function interceptBack(next: Interceptor): () => void {
  interceptor = next;
  return () => {
    if (interceptor === next) interceptor = null;
  };
}
