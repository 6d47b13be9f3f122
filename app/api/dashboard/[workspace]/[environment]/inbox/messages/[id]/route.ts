import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { withOperator } from "@/lib/server/http/with-operator";
import { getInboxMessage } from "@/lib/server/services/inbox/list-inbox-messages";

export const GET = withOperator("inbox:read", async ({ ctx, actor, params }) =>
  jsonResponse(await getInboxMessage(ctx, actor, params.id ?? "")),
);

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
