// Set-up through a provider: remembers the link's token in a cookie while the person is at the provider.
import { startProviderSetupInput } from "@/lib/contracts/account";
import { AppError } from "@/lib/domain/errors";
import { SETUP_COOKIE, SETUP_COOKIE_SECONDS, writeSetupCookie } from "@/lib/server/auth/setup-cookie";
import { parseJsonBody } from "@/lib/server/http/parse";
import { withVisitor } from "@/lib/server/http/with-visitor";
import { getSetupState } from "@/lib/server/services/setup-link";

export const POST = withVisitor(async ({ ctx, request }) => {
  const { token, workspace_name: workspaceName } = await parseJsonBody(request, startProviderSetupInput);
  if ((await getSetupState(ctx, token)) !== "open") {
    throw new AppError(
      "forbidden",
      "This set-up link is not valid. Use the newest one that the server printed.",
    );
  }
  const secure = ctx.publicUrl.startsWith("https://") ? "; Secure" : "";
  const value = writeSetupCookie({ token, workspaceName });
  return new Response(null, {
    status: 204,
    headers: {
      "set-cookie": `${SETUP_COOKIE}=${value}; Path=/; Max-Age=${SETUP_COOKIE_SECONDS}; HttpOnly; SameSite=Lax${secure}`,
    },
  });
});
