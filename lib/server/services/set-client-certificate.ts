// Owns setting the client certificate that an endpoint's connections show (mutual TLS); replaces an earlier one.
import type { ClientCertificateInput, EndpointCredentialsDto } from "@/lib/contracts/endpoint-auth";
import type { Actor } from "@/lib/domain/access/permissions";
import { type ClientCertificate, parseClientCertificate } from "@/lib/domain/endpoint/client-certificate";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";
import { isUsableIdentity } from "@/lib/server/outbound/client-identity";
import { recordAudit } from "@/lib/server/repositories/audit";
import { putClientCertificate } from "@/lib/server/repositories/endpoint-credentials";
import { changeEndpoint } from "./endpoint/change-endpoint";
import { readCredentials, sealClientCertificate } from "./endpoint/credentials";
import { requirePermission } from "./require-permission";

function accept(ctx: ServiceContext, input: ClientCertificateInput): ClientCertificate {
  const verdict = parseClientCertificate(input, new Date(ctx.now()));
  const refuse = (errors: { path: string; message: string }[]) =>
    new AppError("invalid_request", "The client certificate cannot be used.", { errors });
  if (verdict.outcome === "refused") throw refuse(verdict.errors);
  if (isUsableIdentity(verdict.certificate)) return verdict.certificate;
  throw refuse([
    { path: "certificate", message: "OpenSSL refuses this certificate or key (a weak signature or digest)." },
  ]);
}

/** Throws `conflict` where no TLS is spoken, so that nobody believes a certificate to be shown that is not. */
function requireTls(ctx: ServiceContext, url: string): void {
  if (url.startsWith("http:")) {
    throw new AppError("conflict", "This endpoint's URL is plain http: a client certificate needs https.");
  }
  if (new URL(url).origin === new URL(ctx.publicUrl).origin) {
    throw new AppError("conflict", "The built-in Inbox asks for no client certificate.");
  }
}

/**
 * New connections show it from the next attempt on; open ones that showed another are not used again.
 * Throws `not_found`, `invalid_request` (with the field and rule), `conflict` (no TLS at this address).
 */
export async function setClientCertificate(
  ctx: ServiceContext,
  actor: Actor,
  id: string,
  input: ClientCertificateInput,
): Promise<EndpointCredentialsDto> {
  requirePermission(actor, "endpoints:write");
  const certificate = accept(ctx, input);
  return changeEndpoint(ctx, actor, id, async (tx, row, now) => {
    requireTls(ctx, row.url);
    const sealed = sealClientCertificate(ctx, id, certificate);
    await putClientCertificate(tx, sealed, now);
    await recordAudit(tx, ctx, actor, {
      action: "endpoint.client_certificate_set",
      targetKind: "endpoint",
      targetId: id,
      detail: {
        subject: sealed.subject,
        fingerprint: sealed.fingerprint,
        expires_at: sealed.expiresAt,
      },
    });
    return readCredentials(tx, id);
  });
}
