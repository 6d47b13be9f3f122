// Owns the route of one profile: read, change.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("profiles:read", profileCalls.get);
export const PATCH = withApiKey("profiles:write", profileCalls.update);
export const { HEAD, OPTIONS, POST, PUT, DELETE } = methodNotAllowed(["GET", "PATCH"]);
