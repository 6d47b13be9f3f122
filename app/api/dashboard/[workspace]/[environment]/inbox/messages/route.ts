import { listInboxMessagesQuery } from "@/lib/contracts/inbox";
import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { parseQuery } from "@/lib/server/http/parse";
import { withOperator } from "@/lib/server/http/with-operator";
import { clearInbox } from "@/lib/server/services/inbox/clear-inbox";
import { listInboxMessages } from "@/lib/server/services/inbox/list-inbox-messages";

export const GET = withOperator("inbox:read", async ({ ctx, actor, request }) =>
  jsonResponse(await listInboxMessages(ctx, actor, parseQuery(request, listInboxMessagesQuery))),
);

export const DELETE = withOperator("inbox:write", async ({ ctx, actor }) =>
  jsonResponse(await clearInbox(ctx, actor)),
);

export const { HEAD, OPTIONS, POST, PUT, PATCH } = methodNotAllowed(["GET", "DELETE"]);
