// Owns the route of the code that verifies what a version of a profile sends.
import { z } from "zod";
import { verificationCode } from "@/app/(dashboard)/[workspace]/[environment]/endpoints/highlight-snippets";
import { recipeOf } from "@/components/endpoints/snippets/recipe";
import { pathParam } from "@/lib/server/http/call";
import { jsonResponse } from "@/lib/server/http/json-response";
import { methodNotAllowed } from "@/lib/server/http/method-not-allowed";
import { parseQuery } from "@/lib/server/http/parse";
import { versionOf } from "@/lib/server/http/profile-calls";
import { withOperator } from "@/lib/server/http/with-operator";
import { getProfileVersion } from "@/lib/server/services/profiles/get-profile";

/** Which kind of key the endpoint has, where the profile takes two; the profile's own unless given. */
const query = z.strictObject({ key: z.enum(["shared", "pair"]).optional() });

export const GET = withOperator("profiles:read", async (call) => {
  const { key } = parseQuery(call.request, query);
  const profile = pathParam(call.params, "profile");
  const { definition } = await getProfileVersion(call.ctx, call.actor, profile, versionOf(call));
  return jsonResponse(await verificationCode(recipeOf(definition, key && key === "pair")));
});
export const { HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed(["GET"]);
