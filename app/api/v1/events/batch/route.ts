import { ingestHandler } from "@/lib/server/http/ingest-handlers";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";

export const POST = ingestHandler("batch");

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = methodNotAllowed(["POST"]);
