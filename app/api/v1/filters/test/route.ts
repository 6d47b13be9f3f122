import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { handleTestFilter } from "@/lib/server/http/trial-handlers";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:read", handleTestFilter);

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
