// Owns what an endpoint's requests carry that nobody may read back, and that a new address would therefore be told.
import { AppError } from "@/lib/domain/errors";
import type { Tx } from "@/lib/server/repositories/database";
import { deleteAuth, deleteClientCertificate } from "@/lib/server/repositories/endpoint-credentials";
import type { EndpointChange, EndpointView } from "@/lib/server/repositories/endpoints";

type Credential = "authentication" | "headers" | "client certificate";

/** What of the endpoint would go to another origin than it was stored for; nothing while the origin stays. */
function carriedTo(row: EndpointView, url: string): Credential[] {
  if (new URL(url).origin === new URL(row.url).origin) return [];
  return [
    ...(row.auth === null ? [] : (["authentication"] as const)),
    ...(row.headerNames.length === 0 ? [] : (["headers"] as const)),
    ...(row.clientCertificate === null ? [] : (["client certificate"] as const)),
  ];
}

/**
 * What the new address is going to get of what is stored, because the caller says so (`keep`); headers that are given anew
 * are not among it. Throws `conflict` at `keep_credentials` when the caller does not.
 */
export function requireCredentialsMayMove(
  row: EndpointView,
  url: string,
  { keep, newHeaders }: { keep: boolean; newHeaders: boolean },
): Credential[] {
  const carried = carriedTo(row, url).filter((each) => each !== "headers" || !newHeaders);
  if (carried.length === 0 || keep) return carried;
  const message = `The new address is at another origin than the old one, and would get this endpoint's stored ${list(carried)}. Pass keep_credentials: true to send that there too, or remove it first.`;
  throw new AppError("conflict", message, { errors: [{ path: "keep_credentials", message }] });
}

/** Drops what was stored for another origin than that of `url`; gives what it was, and the columns that are left to change. */
export async function dropCarriedCredentials(
  tx: Tx,
  row: EndpointView,
  url: string,
): Promise<{ dropped: Credential[]; change: EndpointChange }> {
  const dropped = carriedTo(row, url);
  if (dropped.includes("authentication")) await deleteAuth(tx, row.id);
  if (dropped.includes("client certificate")) await deleteClientCertificate(tx, row.id);
  return { dropped, change: dropped.includes("headers") ? { headerNames: [], headersCiphertext: null } : {} };
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
