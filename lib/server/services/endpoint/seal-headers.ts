// Owns how custom headers go into a row: checked, their values sealed together, their names readable.
import { checkCustomHeaders } from "@/lib/domain/endpoint/header-policy";
import { AppError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/server/context";

export type SealedHeaders = { headerNames: string[]; headersCiphertext: Uint8Array<ArrayBuffer> | null };

/** Throws `invalid_request` with one error for each refused header; no headers seal to null. */
export function sealHeaders(
  ctx: ServiceContext,
  endpointId: string,
  headers: Readonly<Record<string, string>> | null | undefined,
  profileNames: readonly string[],
): SealedHeaders {
  const verdict = checkCustomHeaders(headers ?? {}, profileNames);
  if (verdict.outcome === "refused") {
    throw new AppError("invalid_request", "Some of the custom headers cannot be sent.", {
      errors: verdict.errors,
    });
  }
  const headerNames = Object.keys(verdict.headers);
  if (headerNames.length === 0) return { headerNames, headersCiphertext: null };
  const sealed = ctx.secrets.seal(JSON.stringify(verdict.headers), {
    table: "endpoint",
    rowId: endpointId,
    field: "headers_ciphertext",
  });
  return { headerNames, headersCiphertext: new Uint8Array(sealed) };
}
