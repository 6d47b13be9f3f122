// Owns the route of one event type: read, change.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", catalogueCalls.get);
export const PATCH = withApiKey("endpoints:write", catalogueCalls.update);
export const { HEAD, OPTIONS, POST, PUT, DELETE } = methodNotAllowed(["GET", "PATCH"]);
