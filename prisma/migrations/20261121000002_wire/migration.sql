-- Profiles (the wire contract as data), filters, field mapping and subjects of endpoints.

-- A built-in profile gets its rows when an endpoint first uses it (workspace_id is null then). A later release with a
-- changed definition adds a version: endpoints stay on theirs until a person moves them.
CREATE TABLE profile (
  id text COLLATE "C" PRIMARY KEY,
  workspace_id text COLLATE "C" REFERENCES workspace (id) ON DELETE CASCADE,
  slug text NOT NULL,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  -- The slug or id that it was cloned from.
  based_on text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  archived_at timestamptz(3)
);
CREATE UNIQUE INDEX profile_workspace_slug_key ON profile (workspace_id, slug) WHERE workspace_id IS NOT NULL;
CREATE UNIQUE INDEX profile_built_in_slug_key ON profile (slug) WHERE workspace_id IS NULL;

-- Never changed: deliveries point here, so that retries and replays send what the first attempt sent.
CREATE TABLE profile_version (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  profile_id text COLLATE "C" NOT NULL REFERENCES profile (id) ON DELETE CASCADE,
  number integer NOT NULL,
  -- JSON as text: the order of members in the envelope is part of the contract, and jsonb would change it.
  definition text NOT NULL,
  note text NOT NULL DEFAULT '',
  created_by text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (profile_id, number)
);

-- Never changed either, for the same reason.
CREATE TABLE transform (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  endpoint_id text COLLATE "C" NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
  -- JSON as text: constants are set with the bytes that a person wrote.
  rules text NOT NULL,
  created_by text,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX transform_endpoint_id_idx ON transform (endpoint_id);

ALTER TABLE endpoint
  -- Null: Standard Webhooks as it was before there were profiles.
  ADD COLUMN profile_version_id integer REFERENCES profile_version (id),
  -- Settings of the profile that a person has set for this endpoint; the others follow the profile.
  ADD COLUMN overrides text[] NOT NULL DEFAULT '{}',
  ADD COLUMN filter text,
  ADD COLUMN transform_id integer REFERENCES transform (id),
  -- Empty: events about anything, and about nothing.
  ADD COLUMN subjects text[] NOT NULL DEFAULT '{}',
  -- Null: never disabled by itself.
  ADD COLUMN auto_disable jsonb DEFAULT '{"after_hours": 120, "min_failures": 5, "warn_at_percent": [50, 70, 90]}',
  -- Most attempts each second; null: no limit.
  ADD COLUMN rate_limit integer CHECK (rate_limit BETWEEN 1 AND 1000);
UPDATE endpoint SET overrides = overrides || '{timeout_ms}' WHERE timeout_ms <> 15000;
UPDATE endpoint SET overrides = overrides || '{retry_policy}' WHERE retry_policy <> '{"preset": "standard"}';

ALTER TABLE delivery
  ADD COLUMN profile_version_id integer,
  ADD COLUMN transform_id integer;
CREATE UNIQUE INDEX endpoint_transform_id_key ON endpoint (transform_id);
