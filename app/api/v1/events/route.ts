import { handleListEvents } from "@/lib/server/http/event-handlers";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("events:read", handleListEvents);
