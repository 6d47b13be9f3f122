// Owns the verification code for PHP.
import type { Snippet } from "./snippet";

const library = `<?php
// Try it: php -S localhost:3000 server.php
require __DIR__ . '/vendor/autoload.php';

use StandardWebhooks\\Exception\\WebhookVerificationException;
use StandardWebhooks\\Webhook;

$webhook = new Webhook(getenv('WEBHOOK_SECRET'));
$body = file_get_contents('php://input'); // the raw body, before any JSON parser

try {
    // Checks webhook-id, webhook-timestamp (5 minutes) and webhook-signature.
    $event = $webhook->verify($body, [
        'webhook-id' => $_SERVER['HTTP_WEBHOOK_ID'] ?? null,
        'webhook-timestamp' => $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? null,
        'webhook-signature' => $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? null,
    ]);
    error_log('verified ' . $_SERVER['HTTP_WEBHOOK_ID']);
    http_response_code(204);
} catch (WebhookVerificationException) {
    http_response_code(400);
}
`;

const plain = `<?php
// Try it: php -S localhost:3000 server.php
function is_authentic(string $key, string $body): bool
{
    $id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    $signatures = $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '';
    // Further than 5 minutes away: an old request sent again, or a wrong clock.
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $digest = hash_hmac('sha256', "$id.$timestamp.$body", $key, true);
    $expected = 'v1,' . base64_encode($digest);
    // While a secret is being rotated there are several signatures.
    foreach (explode(' ', $signatures) as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}

$secret = getenv('WEBHOOK_SECRET') ?: throw new RuntimeException('WEBHOOK_SECRET is not set');
$key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
$body = file_get_contents('php://input'); // the raw bytes, before any JSON parser

if (!is_authentic($key, $body)) {
    http_response_code(400);
    exit;
}
$event = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
error_log('verified ' . $_SERVER['HTTP_WEBHOOK_ID']);
http_response_code(204);
`;

export const php: Snippet = {
  id: "php",
  label: "PHP",
  grammar: "php",
  library: {
    file: "server.php",
    install: "composer require standard-webhooks/standard-webhooks",
    code: library,
  },
  plain: { file: "server.php", install: null, code: plain },
};
