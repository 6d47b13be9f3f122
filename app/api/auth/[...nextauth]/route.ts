// Mounts next-auth; everything about it is in lib/server/auth.
import { handleAuthRequest } from "@/lib/server/auth/handle-auth-request";
import { answerRequest } from "@/lib/server/http/route-handler";
import { getRuntime } from "@/lib/server/runtime";

type Context = { params: Promise<{ nextauth: string[] }> };

function handle(request: Request, context: Context): Promise<Response> {
  return answerRequest(
    request,
    () => getRuntime().logger,
    () => handleAuthRequest(request, context),
  );
}

export { handle as GET, handle as POST };
