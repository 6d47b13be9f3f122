import { handleListEvents } from "@/lib/server/http/event-handlers";
import { withOperator } from "@/lib/server/http/with-operator";

export const GET = withOperator("events:read", handleListEvents);
