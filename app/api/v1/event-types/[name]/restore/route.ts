// Owns the route of taking an event type back from the archive.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:write", catalogueCalls.restore);
export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
