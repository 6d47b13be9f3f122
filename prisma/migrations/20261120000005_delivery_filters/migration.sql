-- Filters of the deliveries page that match few rows. Both are partial: an ordinary successful delivery is in neither,
-- so ingest and first attempts do not pay for them.
CREATE INDEX delivery_error_class_idx ON delivery (environment_id, last_error_class, id)
  WHERE last_error_class IS NOT NULL;
CREATE INDEX delivery_trigger_idx ON delivery (environment_id, trigger, id) WHERE trigger <> 'event';
