// Owns the route of saving an older version as the newest.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("profiles:write", profileCalls.restoreVersion);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
