import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { getRuntime, hasRuntime } from "@/lib/server/runtime";
import { checkReadiness } from "@/lib/server/services/check-readiness";

export const dynamic = "force-dynamic";

/** 200 while the database answers, else 503: a load balancer sends traffic elsewhere. */
export async function GET(): Promise<Response> {
  const ready = hasRuntime() && (await checkReadiness(getRuntime()));
  return Response.json(
    { status: ready ? "ok" : "unavailable" },
    {
      status: ready ? 200 : 503,
      headers: { "cache-control": "no-store", ...(ready ? {} : { "retry-after": "2" }) },
    },
  );
}

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "HEAD"]);
