// Owns the verification code for Python.
import type { Snippet } from "./snippet";

const library = `import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["WEBHOOK_SECRET"])


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        # The raw body, before any JSON parser.
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            # Checks webhook-id, webhook-timestamp (5 minutes) and webhook-signature.
            event = webhook.verify(body, dict(self.headers))
        except WebhookVerificationError:
            self.send_response(400)
        else:
            print("verified", self.headers["webhook-id"], event)
            self.send_response(204)
        self.end_headers()


ThreadingHTTPServer(("", int(os.environ.get("PORT", "3000"))), Handler).serve_forever()
`;

const plain = `import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))


def is_authentic(headers, body: bytes) -> bool:
    msg_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    # Further than 5 minutes away: an old request sent again, or a wrong clock.
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{msg_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest())
    # While a secret is being rotated there are several signatures.
    return any(
        hmac.compare_digest(b"v1," + expected, signature.encode())
        for signature in signatures.split(" ")
    )


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        # The raw bytes, before any JSON parser.
        body = self.rfile.read(int(self.headers["content-length"]))
        if is_authentic(self.headers, body):
            print("verified", self.headers["webhook-id"], json.loads(body))
            self.send_response(204)
        else:
            self.send_response(400)
        self.end_headers()


ThreadingHTTPServer(("", int(os.environ.get("PORT", "3000"))), Handler).serve_forever()
`;

export const python: Snippet = {
  id: "python",
  label: "Python",
  grammar: "python",
  library: { file: "server.py", install: "pip install standardwebhooks", code: library },
  plain: { file: "server.py", install: null, code: plain },
};
