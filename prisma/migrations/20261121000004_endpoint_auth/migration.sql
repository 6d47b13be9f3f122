-- How endpoints are told who is calling, beside the signature: a header, a token of an OAuth server, a client certificate.
-- Tables of their own: nearly every endpoint has neither, and what is secret stays out of the row that is read everywhere.

CREATE TABLE endpoint_auth (
  endpoint_id text COLLATE "C" PRIMARY KEY REFERENCES endpoint (id) ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('basic', 'bearer', 'api_key', 'oauth2')),
  -- What may be shown of it.
  hint text NOT NULL,
  -- The header that it sets, in lower case: custom headers must not have the same.
  header_name text NOT NULL,
  ciphertext bytea NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE endpoint_client_certificate (
  endpoint_id text COLLATE "C" PRIMARY KEY REFERENCES endpoint (id) ON DELETE CASCADE,
  subject text NOT NULL,
  issuer text NOT NULL,
  -- SHA-256 of the certificate, hexadecimal: what the receiver's log shows.
  fingerprint text NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  -- Certificate, intermediates and key.
  ciphertext bytea NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
