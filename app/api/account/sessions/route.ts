// One's own sessions: DELETE ends all of them, on every device.
import { withPerson } from "@/lib/server/http/with-visitor";
import { signOutEverywhere } from "@/lib/server/services/sign-out-everywhere";

export const DELETE = withPerson(async ({ ctx, session, ip }) => {
  await signOutEverywhere(ctx, session.user, ip);
  return new Response(null, { status: 204 });
});
