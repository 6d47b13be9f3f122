import { handleListEvents } from "@/lib/server/http/event-handlers";
import { ingestHandler } from "@/lib/server/http/ingest-handlers";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("events:read", handleListEvents);
export const POST = ingestHandler("single");

export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
