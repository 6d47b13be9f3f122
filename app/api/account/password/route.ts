// One's own password. Every session ends with the old one; the browser that changed it gets a new session at once.
import { changePasswordInput } from "@/lib/contracts/account";
import { sealSessionCookie } from "@/lib/server/auth/session-cookie-header";
import { parseJsonBody } from "@/lib/server/http/parse";
import { withPerson } from "@/lib/server/http/with-visitor";
import { changePassword } from "@/lib/server/services/change-password";

export const PUT = withPerson(async ({ ctx, request, session, ip }) => {
  const input = await parseJsonBody(request, changePasswordInput);
  const change = { currentPassword: input.current_password, newPassword: input.new_password, ip };
  const tokenVersion = await changePassword(ctx, session.user.id, change);
  const cookie = await sealSessionCookie(ctx, { id: session.user.id, tokenVersion });
  return new Response(null, { status: 204, headers: { "set-cookie": cookie } });
});
