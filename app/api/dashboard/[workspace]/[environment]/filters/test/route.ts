import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { handleTestFilter } from "@/lib/server/http/trial-handlers";
import { withOperator } from "@/lib/server/http/with-operator";

export const POST = withOperator("endpoints:read", handleTestFilter);

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
