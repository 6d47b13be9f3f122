// Owns the refusal of a URL that an endpoint must not have: the same check for creating and changing one.
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";

/**
 * The form in which the URL is saved and called. A name that does not resolve yet is accepted, a forbidden address is not.
 * Throws `target_not_allowed` with the rule and the value in words, at the field `path`.
 */
export async function acceptUrl(ctx: ServiceContext, url: string, path = "url"): Promise<string> {
  const check = await ctx.outbound.checkUrl(url);
  if (check.outcome === "refused") {
    throw new AppError("target_not_allowed", check.message, {
      errors: [{ path, message: check.message }],
    });
  }
  return check.url;
}
