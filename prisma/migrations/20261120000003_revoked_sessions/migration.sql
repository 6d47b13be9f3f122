-- Sessions live in signed cookies; this list kills single ones (signing out) until they would have ended anyway.
CREATE TABLE revoked_session (
  id text PRIMARY KEY,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX revoked_session_expires_at_idx ON revoked_session (expires_at);
