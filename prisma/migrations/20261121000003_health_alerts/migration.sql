-- Health of endpoints, alerts about it, where alerts go, and the messages that carry them.

CREATE TABLE endpoint_health (
  -- No foreign key: the record statement writes here last, and a check would make it wait for whoever changes the endpoint.
  endpoint_id text COLLATE "C" PRIMARY KEY,
  -- The first failure after the last success; null while it is well.
  failing_since timestamptz(3),
  -- Failed attempts since then.
  failures integer NOT NULL DEFAULT 0,
  last_failure_at timestamptz(3),
  last_error_class text,
  -- While it is well this is up to a minute old: a success alone does not write more often.
  last_success_at timestamptz(3),
  -- The end of the receiver's certificate, and when this certificate was first met.
  certificate_expires_at timestamptz(3),
  certificate_seen_at timestamptz(3),
  -- Deliveries that ever ended without a success, and how many of them people have been told about.
  exhausted bigint NOT NULL DEFAULT 0,
  exhausted_told bigint NOT NULL DEFAULT 0,
  -- The highest stage that people were warned at, the failing_since that it was about, and when the first warning was.
  warned_percent integer NOT NULL DEFAULT 0,
  warned_since timestamptz(3),
  warned_at timestamptz(3)
) WITH (fillfactor = 50);
-- No column of it changes while an endpoint keeps failing or keeps succeeding, so its updates stay on their page.
CREATE INDEX endpoint_health_watched_idx ON endpoint_health (endpoint_id)
  WHERE failing_since IS NOT NULL OR warned_percent > 0;

-- Times that are nobody's failure but ours: no process ran, or nothing got out of the network.
CREATE TABLE own_outage (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('stopped', 'egress')),
  started_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3) CHECK (ended_at >= started_at)
);
CREATE UNIQUE INDEX own_outage_one_open ON own_outage (kind) WHERE ended_at IS NULL;

CREATE TABLE alert (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  -- Null: about the whole workspace.
  environment_id text COLLATE "C" REFERENCES environment (id) ON DELETE CASCADE,
  endpoint_id text COLLATE "C",
  kind text NOT NULL,
  severity text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  -- What happened, named so that it can happen once only: written in the transaction of the effect itself.
  dedupe_key text NOT NULL,
  facts jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  resolved_at timestamptz(3),
  -- When it was decided who is told.
  announced_at timestamptz(3)
);
CREATE UNIQUE INDEX alert_dedupe_key ON alert (workspace_id, dedupe_key);
CREATE INDEX alert_workspace_id_id_idx ON alert (workspace_id, id);
CREATE INDEX alert_unannounced_idx ON alert (id) WHERE announced_at IS NULL;
CREATE INDEX alert_open_idx ON alert (endpoint_id, kind) WHERE resolved_at IS NULL;

CREATE TABLE alert_channel (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  name text NOT NULL,
  via text NOT NULL CHECK (via IN ('email', 'slack', 'webhook')),
  -- Addresses, or URL and secret; what may be shown of it is in `hint`.
  config_ciphertext bytea NOT NULL,
  hint text NOT NULL,
  kinds text[] NOT NULL,
  environments text[] NOT NULL,
  min_severity text NOT NULL CHECK (min_severity IN ('info', 'warning', 'critical')),
  enabled boolean NOT NULL DEFAULT true,
  created_by text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX alert_channel_workspace_id_idx ON alert_channel (workspace_id, id);

-- What a member has chosen for their own e-mails; what is not in `choices` follows their role.
CREATE TABLE alert_preference (
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  user_id text COLLATE "C" NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
  choices jsonb NOT NULL DEFAULT '{}',
  sandbox boolean NOT NULL DEFAULT false,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, user_id)
);

-- One message to one destination. It waits for its window, is composed (alone, or with what else waits: those rows are
-- folded into it), and is sent, retried, or kept for reading where there is no SMTP server.
CREATE TABLE notification (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  -- Null for a test.
  alert_id text COLLATE "C" REFERENCES alert (id) ON DELETE CASCADE,
  channel_id text COLLATE "C" REFERENCES alert_channel (id) ON DELETE SET NULL,
  user_id text COLLATE "C" REFERENCES app_user (id) ON DELETE CASCADE,
  via text NOT NULL CHECK (via IN ('email', 'slack', 'webhook')),
  kind text NOT NULL,
  -- Whoever reads it: a member or a channel, with the address where a channel has several. One window each.
  destination text NOT NULL,
  -- What people see of it: an e-mail address, or the channel's hint.
  recipient text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'ready', 'sent', 'kept', 'failed', 'folded', 'cancelled')),
  folded_into text COLLATE "C",
  subject text,
  body_text text,
  body_html text,
  -- JSON as it is sent to Slack or a webhook; of an e-mail, where its reader turns such mails off.
  payload text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  last_error text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  composed_at timestamptz(3),
  finished_at timestamptz(3),
  UNIQUE (alert_id, destination)
);
CREATE INDEX notification_waiting_idx ON notification (id) WHERE state = 'waiting';
CREATE INDEX notification_ready_idx ON notification (next_attempt_at) WHERE state = 'ready';
CREATE INDEX notification_window_idx ON notification (destination, kind, composed_at) WHERE composed_at IS NOT NULL;
CREATE INDEX notification_workspace_id_id_idx ON notification (workspace_id, id) WHERE state <> 'folded';
CREATE INDEX notification_channel_id_idx ON notification (channel_id, id);
CREATE INDEX notification_user_id_idx ON notification (user_id);
