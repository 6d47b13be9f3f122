// Owns the route of previews: the exact request that a profile makes of an event, without sending it.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("profiles:read", profileCalls.preview);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
