import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { handlePreviewTransform } from "@/lib/server/http/trial-handlers";
import { withApiKey } from "@/lib/server/http/with-api-key";

export const POST = withApiKey("endpoints:read", handlePreviewTransform);

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
