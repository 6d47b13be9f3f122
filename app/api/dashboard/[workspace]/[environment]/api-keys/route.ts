import { createApiKeyInput, listApiKeysQuery } from "@/lib/contracts/api-keys";
import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { parseJsonBody, parseQuery } from "@/lib/server/http/parse";
import { withOperator } from "@/lib/server/http/with-operator";
import { createApiKey } from "@/lib/server/services/create-api-key";
import { listApiKeys } from "@/lib/server/services/list-api-keys";

export const GET = withOperator("api_keys:read", async ({ ctx, actor, request }) =>
  jsonResponse(await listApiKeys(ctx, actor, parseQuery(request, listApiKeysQuery))),
);

export const POST = withOperator("api_keys:write", async ({ ctx, actor, request }) =>
  jsonResponse(await createApiKey(ctx, actor, await parseJsonBody(request, createApiKeyInput)), {
    status: 201,
  }),
);

export const { HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "POST"]);
