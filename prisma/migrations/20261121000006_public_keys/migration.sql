-- What receivers of an ed25519 signature verify with. It is no secret, so it can be shown at any time.
ALTER TABLE endpoint_secret ADD COLUMN public_key text;
