// Owns how the size of a body is told to people.
import { DEFAULT_MAX_BODY_BYTES } from "../body-limits";

/** `64 KiB`, `5 MiB`. */
export function sizeText(bytes = DEFAULT_MAX_BODY_BYTES): string {
  const mebi = 1024 * 1024;
  return bytes % mebi === 0 ? `${bytes / mebi} MiB` : `${bytes / 1024} KiB`;
}
