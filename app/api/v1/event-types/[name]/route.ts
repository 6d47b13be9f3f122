// Owns the route of one event type: read, change, delete.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", catalogueCalls.get);
export const PATCH = withApiKey("endpoints:write", catalogueCalls.update);
export const DELETE = withApiKey("endpoints:write", catalogueCalls.remove);
export const { HEAD, OPTIONS, POST, PUT } = methodNotAllowed(["GET", "PATCH", "DELETE"]);
