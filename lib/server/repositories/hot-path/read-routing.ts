// Owns how routing is read: all endpoints of an environment, or only those that changed after a version that is known.
import type { ClientBase } from "pg";

/** What matching needs of an endpoint. */
export type RoutingRow = {
  id: string;
  tenant: string | null;
  eventTypes: string[];
  state: string;
  retryPolicy: unknown;
  timeoutMs: number;
  subjects: string[];
  filter: string | null;
  profileVersionId: number | null;
  transformId: number | null;
  /** Unix milliseconds; null for one that does not end by itself. */
  expiresAtMs: number | null;
  unsubscribeOn: string[];
  /** Deleted or unsubscribed: it takes no more events. */
  ended: boolean;
};

export type RoutingRead = {
  version: string;
  workspaceId: string;
  environmentKind: "live" | "sandbox";
  endpoints: RoutingRow[];
};

const ENDPOINTS = `json_agg(json_build_object(
    'id', ep.id, 'tenant', ep.tenant, 'eventTypes', ep.event_types, 'state', ep.state, 'retryPolicy', ep.retry_policy,
    'timeoutMs', ep.timeout_ms, 'subjects', ep.subjects, 'filter', ep.filter,
    'profileVersionId', ep.profile_version_id, 'transformId', ep.transform_id,
    'expiresAtMs', floor(extract(epoch FROM ep.expires_at) * 1000), 'unsubscribeOn', ep.unsubscribe_on,
    'ended', ep.deleted_at IS NOT NULL OR ep.unsubscribed_at IS NOT NULL))`;

// Expiry is judged in memory, by the clock that stamps events; the hour is for clocks that differ.
const LIVE = `ep.deleted_at IS NULL AND ep.unsubscribed_at IS NULL
    AND (ep.expires_at IS NULL OR ep.expires_at > now() - interval '1 hour')`;

// At the known version itself too: a row may have been written at that version without a change of routing.
const CHANGED = "ep.routing_version >= $2::bigint";

const text = (which: string) =>
  `SELECT x.endpoint_version::text AS version, x.workspace_id, x.kind,
     COALESCE((SELECT ${ENDPOINTS} FROM endpoint ep WHERE ep.environment_id = x.id AND ${which}), '[]') AS endpoints
   FROM environment x WHERE x.id = $1`;

const READ_ALL = text(LIVE);
const READ_CHANGES = text(CHANGED);

/**
 * The endpoints of an environment with the version they were read at, in one statement and so from one snapshot; with
 * `since`, those that changed at that version or later, ended ones too. Null when the environment is gone.
 */
export async function readRouting(
  client: Pick<ClientBase, "query">,
  environmentId: string,
  since: string | null,
): Promise<RoutingRead | null> {
  const { rows } = await client.query<{
    version: string;
    workspace_id: string;
    kind: "live" | "sandbox";
    endpoints: RoutingRow[];
  }>(
    since === null
      ? { name: "routing", text: READ_ALL, values: [environmentId] }
      : { name: "routing_changes", text: READ_CHANGES, values: [environmentId, since] },
  );
  const row = rows[0];
  return row === undefined
    ? null
    : {
        version: row.version,
        workspaceId: row.workspace_id,
        environmentKind: row.kind,
        endpoints: row.endpoints,
      };
}
