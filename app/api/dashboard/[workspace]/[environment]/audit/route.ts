import { listAuditQuery } from "@/lib/contracts/audit";
import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { parseQuery } from "@/lib/server/http/parse";
import { withOperator } from "@/lib/server/http/with-operator";
import { listAudit } from "@/lib/server/services/list-audit";

// The trail of one endpoint belongs to its page; the service asks for audit:read for everything else.
export const GET = withOperator("endpoints:read", async ({ ctx, actor, request }) =>
  jsonResponse(await listAudit(ctx, actor, parseQuery(request, listAuditQuery))),
);

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
