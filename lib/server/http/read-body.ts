// Owns reading a request body within a limit. Counts while it reads: a missing or lying Content-Length changes nothing.
import { AppError } from "@/lib/domain/errors";

function tooLarge(maxBytes: number): AppError {
  return new AppError("payload_too_large", `The body must have at most ${maxBytes} bytes.`);
}

/**
 * A caller that hung up, as a browser does with a call that it needs no more. The stream's error would look like a lost
 * database connection (ECONNRESET), and nothing of ours is wrong.
 */
function brokenOff(cause: unknown): AppError {
  return new AppError("invalid_request", "The body did not arrive whole.", { cause });
}

/**
 * The whole body as bytes. Throws `payload_too_large` as soon as `maxBytes` is passed, without reading on, and
 * `invalid_request` when the caller breaks off.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const declared = Number(request.headers.get("content-length"));
  if (Number.isFinite(declared) && declared > maxBytes) throw tooLarge(maxBytes);
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw brokenOff(error);
    });
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
