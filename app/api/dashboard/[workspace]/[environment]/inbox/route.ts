import { updateInboxInput } from "@/lib/contracts/inbox";
import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { parseJsonBody } from "@/lib/server/http/parse";
import { withOperator } from "@/lib/server/http/with-operator";
import { getInbox } from "@/lib/server/services/inbox/get-inbox";
import { updateInbox } from "@/lib/server/services/inbox/update-inbox";

export const GET = withOperator("inbox:read", async ({ ctx, actor }) =>
  jsonResponse(await getInbox(ctx, actor)),
);

export const PATCH = withOperator("inbox:write", async ({ ctx, actor, request }) =>
  jsonResponse(await updateInbox(ctx, actor, await parseJsonBody(request, updateInboxInput))),
);

export const { HEAD, OPTIONS, POST, PUT, DELETE } = methodNotAllowed(["GET", "PATCH"]);
