-- Whether what was matched with an older routing is still right: a callback that changed since concerns its own subject and
-- no other event. Volatile, so that it looks with a snapshot of its own, after the caller has waited for the lock of changes:
-- the caller's own snapshot may be from before.
CREATE FUNCTION routing_still_holds(env text, since bigint, about text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT 1 FROM endpoint ep
    WHERE ep.environment_id = env AND ep.routing_version > since
      AND (ep.kind <> 'callback' OR ep.subjects[1] IS NOT DISTINCT FROM about));
END $$;
