// Set-up in the browser: makes the first owner, for whoever holds the link that the server printed.
import { type FirstOwnerDto, setupInput } from "@/lib/contracts/account";
import { jsonResponse } from "@/lib/server/http/json-response";
import { parseJsonBody } from "@/lib/server/http/parse";
import { withVisitor } from "@/lib/server/http/with-visitor";
import { setupFirstOwner } from "@/lib/server/services/set-up-first-owner";

export const POST = withVisitor(async ({ ctx, request, ip }) => {
  const { token, owner } = await parseJsonBody(request, setupInput);
  const { email, name, password, workspace_name: workspaceName } = owner;
  const made = await setupFirstOwner(ctx, { email, name, workspaceName, password, ip, setupToken: token });
  const body: FirstOwnerDto = {
    user_id: made.userId,
    workspace_id: made.workspaceId,
    workspace_slug: made.workspaceSlug,
    environments: made.environments,
  };
  return jsonResponse(body, { status: 201 });
});
