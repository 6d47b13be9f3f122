// Owns what an attempt needs to know of its endpoint, read in one statement. Secrets come out sealed.
import type { Pool } from "pg";

export type TargetRow = {
  id: string;
  environmentId: string;
  workspaceId: string;
  environmentKind: "live" | "sandbox";
  url: string;
  tenant: string | null;
  headersCiphertext: Buffer | null;
  authCiphertext: Buffer | null;
  certificateCiphertext: Buffer | null;
  timeoutMs: number;
  retryPolicy: unknown;
  maxConcurrency: number;
  /** Most attempts each second, or null. */
  rateLimit: number | null;
  state: string;
  secrets: { id: string; ciphertext: Buffer; expiresAtMs: number | null }[];
};

/** The endpoint with its secrets that have not ended yet, the current one first; null when it was deleted. */
export async function readTarget(pool: Pool, endpointId: string): Promise<TargetRow | null> {
  const { rows } = await pool.query<{
    id: string;
    environment_id: string;
    workspace_id: string;
    kind: "live" | "sandbox";
    url: string;
    tenant: string | null;
    headers_ciphertext: Buffer | null;
    auth_ciphertext: Buffer | null;
    certificate_ciphertext: Buffer | null;
    timeout_ms: number;
    retry_policy: unknown;
    max_concurrency: number;
    rate_limit: number | null;
    state: string;
    secrets: { id: string; ciphertext: string; expires: number | null }[];
  }>({
    name: "read_target",
    text: `SELECT ep.id, ep.environment_id, x.workspace_id, x.kind, ep.url, ep.tenant, ep.headers_ciphertext, ep.timeout_ms,
                  (SELECT a.ciphertext FROM endpoint_auth a WHERE a.endpoint_id = ep.id) AS auth_ciphertext,
                  (SELECT c.ciphertext FROM endpoint_client_certificate c WHERE c.endpoint_id = ep.id) AS certificate_ciphertext,
                  ep.retry_policy, ep.max_concurrency, ep.rate_limit, ep.state,
                  COALESCE((SELECT json_agg(json_build_object('id', s.id, 'ciphertext', encode(s.ciphertext, 'base64'),
                                              'expires', extract(epoch FROM s.expires_at) * 1000)
                                            ORDER BY s.expires_at DESC NULLS FIRST)
                            FROM endpoint_secret s
                            WHERE s.endpoint_id = ep.id AND (s.expires_at IS NULL OR s.expires_at > now())), '[]') AS secrets
           FROM endpoint ep JOIN environment x ON x.id = ep.environment_id
           WHERE ep.id = $1 AND ep.deleted_at IS NULL`,
    values: [endpointId],
  });
  const row = rows[0];
  if (row === undefined) return null;
  return {
    id: row.id,
    environmentId: row.environment_id,
    workspaceId: row.workspace_id,
    environmentKind: row.kind,
    url: row.url,
    tenant: row.tenant,
    headersCiphertext: row.headers_ciphertext,
    authCiphertext: row.auth_ciphertext,
    certificateCiphertext: row.certificate_ciphertext,
    timeoutMs: row.timeout_ms,
    retryPolicy: row.retry_policy,
    maxConcurrency: row.max_concurrency,
    rateLimit: row.rate_limit,
    state: row.state,
    secrets: row.secrets.map((secret) => ({
      id: secret.id,
      ciphertext: Buffer.from(secret.ciphertext, "base64"),
      expiresAtMs: secret.expires,
    })),
  };
}
