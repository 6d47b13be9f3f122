-- Examples and packs of event types, subscriptions and per-subject callbacks, and routing that is read by its changes.

ALTER TABLE event_type
  -- JSON as text: an example is sent with the bytes that a person wrote.
  ADD COLUMN example text,
  -- What the example is about, and its attributes: some profiles make headers and members of them.
  ADD COLUMN example_subject text,
  ADD COLUMN example_attributes jsonb,
  -- Slug of the pack that it came with; null for a workspace's own.
  ADD COLUMN pack text,
  ADD COLUMN archived_at timestamptz(3);

-- Slug or id of the profile that an endpoint gets when its maker names none; null is Standard Webhooks.
ALTER TABLE environment ADD COLUMN default_profile text;

ALTER TABLE endpoint
  -- `subscription` was made by webhooks/subscribe and is found again by URL, tenant and subject; `callback` by its subject.
  ADD COLUMN kind text NOT NULL DEFAULT 'endpoint' CHECK (kind IN ('endpoint', 'subscription', 'callback')),
  -- A callback takes no events from this moment on.
  ADD COLUMN expires_at timestamptz(3),
  -- Event types that end it.
  ADD COLUMN unsubscribe_on text[] NOT NULL DEFAULT '{}',
  ADD COLUMN unsubscribed_at timestamptz(3),
  -- The event that ended it; null when somebody did.
  ADD COLUMN unsubscribed_by_event text COLLATE "C",
  -- The environment's endpoint_version of the row's last change: a process that knows an older version reads only what
  -- has changed since. Set by the trigger below, so that nobody can forget it.
  ADD COLUMN routing_version bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT endpoint_callback_check CHECK (
    CASE kind WHEN 'callback' THEN cardinality(subjects) = 1
    ELSE expires_at IS NULL AND unsubscribed_at IS NULL AND unsubscribe_on = '{}' END);
CREATE UNIQUE INDEX endpoint_callback_subject_key ON endpoint (environment_id, (subjects[1]))
  WHERE kind = 'callback' AND deleted_at IS NULL;
-- Those that may still take events, for their bound.
CREATE INDEX endpoint_open_callback_idx ON endpoint (environment_id, expires_at)
  WHERE kind = 'callback' AND deleted_at IS NULL AND unsubscribed_at IS NULL;
CREATE INDEX endpoint_routing_idx ON endpoint (environment_id, routing_version);

CREATE FUNCTION endpoint_routing_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT endpoint_version INTO NEW.routing_version FROM environment WHERE id = NEW.environment_id;
  RETURN NEW;
END $$;
CREATE TRIGGER endpoint_routing_stamp BEFORE INSERT OR UPDATE ON endpoint
  FOR EACH ROW EXECUTE FUNCTION endpoint_routing_stamp();
