// Owns the address at which an Inngest server calls the functions. Everything about it is in inngest/serve.
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";
import { createServeRoute } from "@/inngest/serve";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, OPTIONS, PATCH, DELETE } = createServeRoute({
  client: inngest,
  functions,
  env: process.env,
});
