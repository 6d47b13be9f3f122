// Owns the wire shapes of API keys.
import { z } from "zod";
import { API_KEY_SCOPES, type ApiKeyScope } from "@/lib/domain/access/permissions";
import { idSchema } from "@/lib/domain/ids";
import { type Instant, pageQuery, plainText } from "./common";

export const createApiKeyInput = z.strictObject({
  name: plainText(80).min(1, "give the key a name"),
  scopes: z
    .array(z.enum(API_KEY_SCOPES))
    .min(1, "choose at least one scope")
    .max(API_KEY_SCOPES.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, "name each scope once"),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

export const listApiKeysQuery = pageQuery.extend({ cursor: idSchema("apiKey").optional() });
export type ListApiKeysQuery = z.infer<typeof listApiKeysQuery>;

export type ApiKeyDto = {
  id: string;
  name: string;
  hint: string;
  scopes: ApiKeyScope[];
  created_at: Instant;
  expires_at: Instant | null;
  revoked_at: Instant | null;
  last_used_at: Instant | null;
};

/** The one answer that carries the key itself. */
export type ApiKeyWithSecretDto = ApiKeyDto & { key: string };
