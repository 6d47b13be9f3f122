import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";

export const dynamic = "force-dynamic";

/** The process answers; the database is not asked, so that a database outage never restarts every instance. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET", "HEAD"]);
