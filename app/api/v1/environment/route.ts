// Owns the route of the settings of the key's environment.
import { environmentCalls } from "@/lib/server/http/environment-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", environmentCalls.get);
export const PATCH = withApiKey("endpoints:write", environmentCalls.update);
export const { HEAD, OPTIONS, POST, PUT, DELETE } = methodNotAllowed(["GET", "PATCH"]);
