-- Ids are TypeIDs: byte order is time order, so every id column that is sorted by uses the "C" collation.

CREATE TABLE instance_setting (
  key text PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE app_user (
  id text COLLATE "C" PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  password_hash text,
  token_version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  disabled_at timestamptz(3)
);
CREATE UNIQUE INDEX app_user_email_key ON app_user (email);

CREATE TABLE oauth_account (
  provider text NOT NULL,
  provider_account_id text NOT NULL,
  user_id text COLLATE "C" NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (provider, provider_account_id)
);

CREATE TABLE rate_limit (
  key text PRIMARY KEY,
  count integer NOT NULL,
  window_started_at timestamptz(3) NOT NULL,
  blocked_until timestamptz(3)
);

CREATE TABLE workspace (
  id text COLLATE "C" PRIMARY KEY,
  slug text NOT NULL,
  name text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX workspace_slug_key ON workspace (slug);

CREATE TABLE member (
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  user_id text COLLATE "C" NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'operator', 'viewer')),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, user_id)
);
CREATE INDEX member_user_id_idx ON member (user_id);

CREATE TABLE environment (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('live', 'sandbox')),
  -- Goes up with every change of an endpoint's routing; ingest commits only against the version it matched with.
  endpoint_version bigint NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX environment_workspace_id_kind_key ON environment (workspace_id, kind);

CREATE TABLE api_key (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
  name text NOT NULL,
  hash bytea NOT NULL,
  hint text NOT NULL,
  scopes text[] NOT NULL,
  created_by text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
CREATE UNIQUE INDEX api_key_hash_key ON api_key (hash);
CREATE INDEX api_key_environment_id_id_idx ON api_key (environment_id, id);

CREATE TABLE event_type (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX event_type_workspace_id_name_key ON event_type (workspace_id, name);

CREATE TABLE endpoint (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
  url text NOT NULL,
  description text NOT NULL DEFAULT '',
  tenant text,
  event_types text[] NOT NULL,
  header_names text[] NOT NULL DEFAULT '{}',
  headers_ciphertext bytea,
  timeout_ms integer NOT NULL CHECK (timeout_ms BETWEEN 1000 AND 30000),
  retry_policy jsonb NOT NULL,
  max_concurrency integer NOT NULL CHECK (max_concurrency BETWEEN 1 AND 100),
  state text NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),
  state_reason text,
  state_changed_at timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3)
);
CREATE INDEX endpoint_environment_id_id_idx ON endpoint (environment_id, id);

CREATE TABLE endpoint_secret (
  id text COLLATE "C" PRIMARY KEY,
  endpoint_id text COLLATE "C" NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  ciphertext bytea NOT NULL,
  hint text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Null for the current secret; a retiring one signs until this moment.
  expires_at timestamptz(3)
);
CREATE INDEX endpoint_secret_endpoint_id_idx ON endpoint_secret (endpoint_id);
CREATE UNIQUE INDEX endpoint_secret_one_current ON endpoint_secret (endpoint_id) WHERE expires_at IS NULL;

CREATE TABLE event (
  environment_id text COLLATE "C" NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  tenant text,
  subject text,
  attributes jsonb,
  -- The bytes of "data" exactly as they came in: bytea, because jsonb and text would both change or refuse some.
  data bytea,
  data_size integer NOT NULL,
  is_test boolean NOT NULL DEFAULT false,
  request_hash bytea NOT NULL,
  delivery_count integer NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  payload_cleared_at timestamptz(3),
  PRIMARY KEY (environment_id, id)
);
ALTER TABLE event ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE INDEX event_environment_id_created_at_id_idx ON event (environment_id, created_at, id);
CREATE INDEX event_subject_idx ON event (environment_id, subject, created_at) WHERE subject IS NOT NULL;
CREATE INDEX event_payload_retention_idx ON event (created_at) WHERE payload_cleared_at IS NULL;

CREATE TABLE delivery (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  event_type text NOT NULL,
  trigger text NOT NULL CHECK (trigger IN ('event', 'replay', 'test')),
  replay_of text COLLATE "C",
  state text NOT NULL CHECK (state IN ('pending', 'succeeded', 'failed', 'held', 'cancelled')),
  state_reason text,
  -- Attempt numbers handed out so far; a number is used up when its claim commits, whatever happens next.
  attempt_count integer NOT NULL DEFAULT 0,
  -- Position in the retry schedule: how many attempts have a recorded outcome.
  step integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  -- When a sweeper may take the row: the lease's end, or the due time plus a grace for the engine, or now.
  claimable_at timestamptz(3),
  lease_until timestamptz(3),
  lease_token bigint NOT NULL DEFAULT 0,
  last_status integer,
  last_error_class text,
  last_duration_ms double precision,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  completed_at timestamptz(3),
  FOREIGN KEY (environment_id, event_id) REFERENCES event (environment_id, id) ON DELETE CASCADE,
  -- A pending delivery always has a moment at which somebody may take it: none can be forgotten.
  CHECK (state <> 'pending' OR (claimable_at IS NOT NULL AND next_attempt_at IS NOT NULL))
);
CREATE INDEX delivery_claimable_idx ON delivery (claimable_at, endpoint_id) WHERE state = 'pending';
CREATE INDEX delivery_environment_id_id_idx ON delivery (environment_id, id);
CREATE INDEX delivery_endpoint_id_id_idx ON delivery (endpoint_id, id);
CREATE INDEX delivery_environment_id_event_id_idx ON delivery (environment_id, event_id);
CREATE INDEX delivery_open_state_idx ON delivery (environment_id, state, id) WHERE state <> 'succeeded';
CREATE INDEX delivery_bad_status_idx ON delivery (environment_id, last_status, id) WHERE last_status >= 300;
CREATE INDEX delivery_replay_of_idx ON delivery (replay_of) WHERE replay_of IS NOT NULL;

CREATE TABLE attempt (
  id text COLLATE "C" NOT NULL,
  delivery_id text COLLATE "C" NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  number integer NOT NULL,
  succeeded boolean NOT NULL,
  started_at timestamptz(3) NOT NULL,
  duration_ms double precision,
  request_url text NOT NULL,
  request_headers json NOT NULL,
  request_body_sha256 bytea,
  request_body_size integer NOT NULL,
  secret_ids text[] NOT NULL,
  response_status integer,
  response_headers json,
  response_body bytea,
  response_body_size bigint,
  response_truncated boolean NOT NULL DEFAULT false,
  response_incomplete boolean NOT NULL DEFAULT false,
  error_class text,
  error_message text,
  retry_after_at timestamptz(3),
  timings json,
  resolved_address text,
  tls_version text,
  PRIMARY KEY (delivery_id, number)
);
CREATE UNIQUE INDEX attempt_id_key ON attempt (id);

CREATE TABLE idempotency_key (
  environment_id text COLLATE "C" NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
  route text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  response jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (environment_id, route, key)
);
CREATE INDEX idempotency_key_created_at_idx ON idempotency_key (created_at);

CREATE TABLE inbox (
  id text COLLATE "C" PRIMARY KEY,
  environment_id text COLLATE "C" NOT NULL REFERENCES environment (id) ON DELETE CASCADE,
  token text NOT NULL,
  respond_status integer NOT NULL DEFAULT 200 CHECK (respond_status BETWEEN 200 AND 599),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX inbox_token_key ON inbox (token);
CREATE INDEX inbox_environment_id_idx ON inbox (environment_id);

CREATE TABLE inbox_message (
  id text COLLATE "C" PRIMARY KEY,
  inbox_id text COLLATE "C" NOT NULL REFERENCES inbox (id) ON DELETE CASCADE,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  method text NOT NULL,
  path text NOT NULL,
  headers json NOT NULL,
  body bytea NOT NULL,
  body_size integer NOT NULL,
  verification jsonb NOT NULL,
  responded_status integer NOT NULL
);
CREATE INDEX inbox_message_inbox_id_id_idx ON inbox_message (inbox_id, id);

CREATE TABLE audit_entry (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  environment_id text COLLATE "C",
  actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'api_key', 'system', 'cli')),
  actor_id text,
  actor_label text NOT NULL,
  action text NOT NULL,
  target_kind text NOT NULL,
  target_id text COLLATE "C" NOT NULL,
  detail jsonb,
  ip text,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX audit_entry_workspace_id_id_idx ON audit_entry (workspace_id, id);
CREATE INDEX audit_entry_target_id_id_idx ON audit_entry (target_id, id);
