// Owns the route of tests: what a profile makes of an event, really sent.
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { profileCalls } from "@/lib/server/http/profile-calls";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("profiles:write", profileCalls.test);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
