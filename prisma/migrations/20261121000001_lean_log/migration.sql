-- The three log tables are written by two statements and emptied by one (retention); each keeps them consistent by itself.
-- A foreign key costs 12 to 20 us of CPU for each row, a quarter of a delivery (docs/decisions/0017-lean-log-tables.md).
ALTER TABLE attempt DROP CONSTRAINT attempt_delivery_id_fkey;
ALTER TABLE delivery DROP CONSTRAINT delivery_environment_id_event_id_fkey;
ALTER TABLE delivery DROP CONSTRAINT delivery_endpoint_id_fkey;
ALTER TABLE event DROP CONSTRAINT event_environment_id_fkey;

-- Every row gets a new version at least once: half of each page is left for it, so that a claim (which changes no indexed
-- column) stays on its page and costs no index an entry. The table grows no larger for it.
ALTER TABLE delivery SET (fillfactor = 50);
