import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { handleExplainEvent } from "@/lib/server/http/trial-handlers";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("events:read", handleExplainEvent);

export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
