// Owns which bodies are taken at all: plain JSON in UTF-8, never compressed (a small body must not become a huge one).
import { AppError } from "@/lib/domain/errors";

const JSON_TYPE = /^application\/json(?:[ \t]*;[ \t]*charset[ \t]*=[ \t]*(?:utf-8|"utf-8"))?[ \t]*;?[ \t]*$/i;

/** Throws `unsupported_media_type` unless the headers say uncompressed `application/json` in UTF-8. */
export function assertJsonHeaders(
  contentType: string | null | undefined,
  contentEncoding: string | null | undefined,
): void {
  if (contentEncoding && contentEncoding.trim().toLowerCase() !== "identity") {
    throw new AppError("unsupported_media_type", "Send the body without Content-Encoding.");
  }
  if (!contentType || !JSON_TYPE.test(contentType)) {
    throw new AppError("unsupported_media_type", "Send the body with Content-Type: application/json.");
  }
}
