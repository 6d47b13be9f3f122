// Owns the verification code for C# (ASP.NET Core, .NET 8 and later).
import type { Snippet } from "./snippet";

const library = `using System.Net;
using StandardWebhooks;
using StandardWebhooks.Exceptions;

var webhook = new Webhook(Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!);
var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var app = WebApplication.Create(args);

app.MapPost("/{**path}", async (HttpRequest request, ILogger<Program> logger) =>
{
    // The raw body, before any JSON parser.
    var body = await new StreamReader(request.Body).ReadToEndAsync();
    var headers = new WebHeaderCollection();
    foreach (var name in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
    {
        headers.Add(name, request.Headers[name].ToString());
    }
    try
    {
        // Checks webhook-id, webhook-timestamp (5 minutes) and webhook-signature.
        webhook.Verify(body, headers);
    }
    catch (WebhookVerificationException)
    {
        return Results.BadRequest();
    }
    logger.LogInformation("verified {Id}", headers["webhook-id"]);
    return Results.NoContent();
});

app.Run($"http://*:{port}");
`;

const plain = `using System.Security.Cryptography;
using System.Text;

var secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!;
var key = Convert.FromBase64String(secret.StartsWith("whsec_") ? secret[6..] : secret);
var port = Environment.GetEnvironmentVariable("PORT") ?? "3000";
var app = WebApplication.Create(args);

bool IsAuthentic(IHeaderDictionary headers, byte[] body)
{
    var id = headers["webhook-id"].ToString();
    var timestamp = headers["webhook-timestamp"].ToString();
    // Further than 5 minutes away: an old request sent again, or a wrong clock.
    if (!long.TryParse(timestamp, out var seconds)
        || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds) > 300)
    {
        return false;
    }
    byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
    var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    // While a secret is being rotated there are several signatures.
    return headers["webhook-signature"].ToString().Split(' ').Any(signature =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(expected)));
}

app.MapPost("/{**path}", async (HttpRequest request, ILogger<Program> logger) =>
{
    // The raw bytes, before any JSON parser.
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    if (!IsAuthentic(request.Headers, buffer.ToArray()))
    {
        return Results.BadRequest();
    }
    logger.LogInformation("verified {Id}", request.Headers["webhook-id"].ToString());
    return Results.NoContent();
});

app.Run($"http://*:{port}");
`;

export const csharp: Snippet = {
  id: "csharp",
  label: "C#",
  grammar: "csharp",
  library: {
    file: "Program.cs",
    install: "dotnet add package StandardWebhooks.StandardWebhooks",
    code: library,
  },
  plain: { file: "Program.cs", install: null, code: plain },
};
