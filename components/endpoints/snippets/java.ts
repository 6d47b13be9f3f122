// Owns the verification code for Java 17 and later.
import type { Snippet } from "./snippet";

const library = `import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

public class Server {
    public static void main(String[] args) throws Exception {
        var webhook = new Webhook(System.getenv("WEBHOOK_SECRET"));
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            // The raw body, before any JSON parser.
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true);
            int status = 204;
            try {
                // Checks webhook-id, webhook-timestamp (5 minutes) and webhook-signature.
                webhook.verify(body, headers);
                System.out.println("verified " + body);
            } catch (WebhookVerificationException e) {
                status = 400;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }
}
`;

const plain = `import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Server {
    static boolean isAuthentic(byte[] key, Headers headers, byte[] body) throws Exception {
        var id = headers.getFirst("webhook-id");
        var timestamp = headers.getFirst("webhook-timestamp");
        var signatures = headers.getFirst("webhook-signature");
        if (id == null || timestamp == null || signatures == null || !timestamp.matches("\\\\d{1,15}")) {
            return false;
        }
        // Further than 5 minutes away: an old request sent again, or a wrong clock.
        if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) {
            return false;
        }
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        var expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        // While a secret is being rotated there are several signatures.
        for (var signature : signatures.split(" ")) {
            if (MessageDigest.isEqual(signature.getBytes(), expected.getBytes())) {
                return true;
            }
        }
        return false;
    }

    public static void main(String[] args) throws Exception {
        var secret = System.getenv("WEBHOOK_SECRET").replaceFirst("^whsec_", "");
        byte[] key = Base64.getDecoder().decode(secret);
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            // The raw bytes, before any JSON parser.
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status = 400;
            try {
                if (isAuthentic(key, exchange.getRequestHeaders(), body)) {
                    System.out.println("verified " + new String(body, StandardCharsets.UTF_8));
                    status = 204;
                }
            } catch (Exception e) {
                status = 500;
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }
}
`;

export const java: Snippet = {
  id: "java",
  label: "Java",
  grammar: "java",
  library: { file: "Server.java", install: "com.standardwebhooks:standardwebhooks", code: library },
  plain: { file: "Server.java", install: null, code: plain },
};
