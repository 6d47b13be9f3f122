// Owns reading a request body within a limit. Counts while it reads: a missing or lying Content-Length changes nothing.
import { AppError } from "@/lib/domain/errors";

function tooLarge(maxBytes: number): AppError {
  return new AppError("payload_too_large", `The body must have at most ${maxBytes} bytes.`);
}

/** The whole body as bytes. Throws `payload_too_large` as soon as `maxBytes` is passed, without reading on. */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length"));
  if (Number.isFinite(declared) && declared > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, size);
    size += value.byteLength;
    if (size > maxBytes) {
      // Not awaited: the other side may never stop sending.
      reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
}
