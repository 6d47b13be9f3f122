// Owns what the Inngest client's `fetch` does in embedded mode: events go into the embedded store and nothing
// leaves the process. Every other call of the SDK is refused.
import { z } from "zod";
import { currentEngineLink } from "@/inngest/embedded/link";

/** The address given to the SDK in embedded mode. The `.invalid` name can never resolve (RFC 2606). */
export const EMBEDDED_ORIGIN = "http://engine.invalid";

const incomingEvents = z.array(
  z.object({
    id: z.string().min(1).nullish(),
    name: z.string().min(1),
    data: z.record(z.string(), z.unknown()).nullish(),
    ts: z.number().nullish(),
    v: z.string().nullish(),
  }),
);

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/** A `fetch` for the Inngest client that answers `POST /e/<key>` from the embedded executor. */
export const embeddedFetch: typeof fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!url.pathname.startsWith("/e/")) {
    return answer(404, { status: 404, error: "The embedded engine has no such interface." });
  }
  const link = currentEngineLink();
  if (link === undefined) {
    return answer(503, { status: 503, error: "The embedded engine is not running in this process." });
  }
  const events = incomingEvents.parse(JSON.parse(String(init?.body)));
  const { ids } = await link.insertEvents(
    events.map((event) => ({
      id: event.id ?? undefined,
      name: event.name,
      data: event.data ?? undefined,
      ts: event.ts ?? undefined,
      v: event.v ?? undefined,
    })),
  );
  return answer(200, { status: 200, ids });
};
