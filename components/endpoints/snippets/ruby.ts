// Owns the verification code for Ruby.
import type { Snippet } from "./snippet";

const library = `require "sinatra"
require "standardwebhooks"

set :port, ENV.fetch("PORT", "3000").to_i
WEBHOOK = StandardWebhooks::Webhook.new(ENV.fetch("WEBHOOK_SECRET"))

post "/*" do
  body = request.body.read # the raw body, before any JSON parser
  # Checks webhook-id, webhook-timestamp (5 minutes) and webhook-signature.
  event = WEBHOOK.verify(body, {
    "webhook-id" => request.get_header("HTTP_WEBHOOK_ID"),
    "webhook-timestamp" => request.get_header("HTTP_WEBHOOK_TIMESTAMP"),
    "webhook-signature" => request.get_header("HTTP_WEBHOOK_SIGNATURE")
  })
  logger.info("verified #{request.get_header("HTTP_WEBHOOK_ID")} #{event}")
  status 204
rescue StandardWebhooks::WebhookVerificationError
  status 400
end
`;

const plain = `require "json"
require "openssl"
require "sinatra"

set :port, ENV.fetch("PORT", "3000").to_i
KEY = ENV.fetch("WEBHOOK_SECRET").delete_prefix("whsec_").unpack1("m0")

def authentic?(request, body)
  id = request.get_header("HTTP_WEBHOOK_ID").to_s
  timestamp = request.get_header("HTTP_WEBHOOK_TIMESTAMP").to_s
  signatures = request.get_header("HTTP_WEBHOOK_SIGNATURE").to_s
  # Further than 5 minutes away: an old request sent again, or a wrong clock.
  return false unless timestamp.match?(/\\A\\d+\\z/) && (Time.now.to_i - timestamp.to_i).abs <= 300

  digest = OpenSSL::HMAC.digest("SHA256", KEY, "#{id}.#{timestamp}.".b + body.b)
  expected = "v1,#{[digest].pack("m0")}"
  # While a secret is being rotated there are several signatures.
  signatures.split(" ").any? { |signature| OpenSSL.secure_compare(signature, expected) }
end

post "/*" do
  body = request.body.read # the raw bytes, before any JSON parser
  halt 400 unless authentic?(request, body)

  logger.info("verified #{request.get_header("HTTP_WEBHOOK_ID")} #{JSON.parse(body)}")
  status 204
end
`;

export const ruby: Snippet = {
  id: "ruby",
  label: "Ruby",
  grammar: "ruby",
  library: { file: "server.rb", install: "gem install standardwebhooks sinatra puma rackup", code: library },
  plain: { file: "server.rb", install: "gem install sinatra puma rackup", code: plain },
};
