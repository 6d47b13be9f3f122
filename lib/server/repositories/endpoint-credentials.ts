// Owns the rows of endpoint authentication: header or token, and client certificate. Secrets go in and out sealed.
// The endpoint must have been locked (`changeEndpoint`) before a write, and belongs to the caller's environment.
import type { AuthKind } from "@/lib/contracts/endpoint-auth";
import type { Database, Tx } from "./database";

type Client = Database["prisma"] | Tx;

export type NewEndpointAuth = {
  endpointId: string;
  kind: AuthKind;
  hint: string;
  /** Lower case. */
  headerName: string;
  ciphertext: Uint8Array<ArrayBuffer>;
};

export type NewClientCertificate = {
  endpointId: string;
  subject: string;
  issuer: string;
  fingerprint: string;
  expiresAt: Date;
  ciphertext: Uint8Array<ArrayBuffer>;
};

export const AUTH_VIEW = { kind: true, hint: true, headerName: true, updatedAt: true } as const;
export const CERTIFICATE_VIEW = {
  subject: true,
  issuer: true,
  fingerprint: true,
  expiresAt: true,
  updatedAt: true,
} as const;

/** What may be shown of an endpoint's authentication; null when it has none. */
export function findAuth(client: Client, endpointId: string) {
  return client.endpointAuth.findUnique({ where: { endpointId }, select: AUTH_VIEW });
}

/** What may be shown of an endpoint's client certificate; null when it has none. */
export function findClientCertificate(client: Client, endpointId: string) {
  return client.endpointClientCertificate.findUnique({ where: { endpointId }, select: CERTIFICATE_VIEW });
}

export type AuthView = NonNullable<Awaited<ReturnType<typeof findAuth>>>;
export type ClientCertificateView = NonNullable<Awaited<ReturnType<typeof findClientCertificate>>>;

/** Sets or replaces the whole authentication. */
export async function putAuth(tx: Tx, { endpointId, ...auth }: NewEndpointAuth, now: Date): Promise<void> {
  const data = { ...auth, updatedAt: now };
  await tx.endpointAuth.upsert({ where: { endpointId }, create: { endpointId, ...data }, update: data });
}

/** Sets or replaces the client certificate with its key. */
export async function putClientCertificate(
  tx: Tx,
  { endpointId, ...certificate }: NewClientCertificate,
  now: Date,
): Promise<void> {
  const data = { ...certificate, updatedAt: now };
  await tx.endpointClientCertificate.upsert({
    where: { endpointId },
    create: { endpointId, ...data },
    update: data,
  });
}

/** Removes the authentication; false when there was none. */
export async function deleteAuth(tx: Tx, endpointId: string): Promise<boolean> {
  return (await tx.endpointAuth.deleteMany({ where: { endpointId } })).count === 1;
}

/** Removes the client certificate and its key; false when there was none. */
export async function deleteClientCertificate(tx: Tx, endpointId: string): Promise<boolean> {
  return (await tx.endpointClientCertificate.deleteMany({ where: { endpointId } })).count === 1;
}
