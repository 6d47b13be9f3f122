import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";
import { revokeApiKey } from "@/lib/server/services/revoke-api-key";

export const DELETE = withOperator("api_keys:write", async ({ ctx, actor, params }) =>
  jsonResponse(await revokeApiKey(ctx, actor, params.id ?? "")),
);

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = methodNotAllowed(["DELETE"]);
