// Owns the route of the collection of event types: list, create.
import { catalogueCalls } from "@/lib/server/http/catalogue-calls";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const GET = withApiKey("endpoints:read", catalogueCalls.list);
export const POST = withApiKey("endpoints:write", catalogueCalls.create);
export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
