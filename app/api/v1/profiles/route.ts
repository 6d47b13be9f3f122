// Owns the route of the collection of profiles: list, create.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("profiles:read", profileCalls.list);
export const POST = withApiKey("profiles:write", profileCalls.create);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
