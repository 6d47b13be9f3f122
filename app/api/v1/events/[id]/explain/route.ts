import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { handleExplainEvent } from "@/lib/server/http/trial-handlers";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("events:read", handleExplainEvent);

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
