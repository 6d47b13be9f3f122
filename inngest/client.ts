// Owns the Inngest client. In embedded mode it is cut off from the network: events go to the executor in this
// process. Step results are never checkpointed over HTTP, so that both engines see the same protocol.
import { Inngest } from "inngest";
import { EMBEDDED_ORIGIN, embeddedFetch } from "@/inngest/embedded/event-fetch";
import { type EngineMode, engineMode } from "@/inngest/mode";

const quiet = () => undefined;
const quietLogger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** A client for the given mode. The SDK reads its own variables (event key, signing key, addresses) by itself. */
export function createClient(mode: EngineMode, id = "signpost") {
  const embedded = { isDev: true, baseUrl: EMBEDDED_ORIGIN, eventKey: "embedded", fetch: embeddedFetch };
  return new Inngest({
    id,
    // Failed steps are recorded with the attempt or run they belong to; the SDK's console lines would repeat them.
    logger: quietLogger,
    aiMetadata: false,
    checkpointing: false,
    ...(mode === "embedded" ? embedded : {}),
  });
}

export type EngineClient = ReturnType<typeof createClient>;

export const inngest = createClient(engineMode(process.env));
