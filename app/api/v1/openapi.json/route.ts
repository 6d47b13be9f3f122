import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { openApiText } from "@/lib/server/http/openapi/document";
import { newRequestId, REQUEST_ID_HEADER } from "@/lib/server/http/request-id";
import { getRuntime } from "@/lib/server/runtime";

export const dynamic = "force-dynamic";

/** The description of the API. The same for everyone and without secrets, so caches may keep it for a while. */
export async function GET(): Promise<Response> {
  return new Response(openApiText(getRuntime().publicUrl), {
    headers: {
      "content-type": "application/json",
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
      [REQUEST_ID_HEADER]: newRequestId(),
    },
  });
}

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
