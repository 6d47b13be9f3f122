-- Retention looks for old events whatever their environment; a BRIN index costs ingest next to nothing.
CREATE INDEX event_created_at_brin ON event USING brin (created_at);
