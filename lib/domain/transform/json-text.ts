// Owns the step between JSON bytes and JavaScript strings, for the few values that a rule has to read.
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The bytes of a string as a JSON value, quotes included. Halves of surrogate pairs come out as escapes. */
export function encodeString(text: string): Uint8Array {
  return encoder.encode(JSON.stringify(text));
}

/** The UTF-8 bytes of a text. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Bytes [start, end) as text, nothing unescaped. */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/** The string that the JSON string in bytes [start, end) stands for. */
export function decodeString(bytes: Uint8Array, start: number, end: number): string {
  return JSON.parse(decodeText(bytes, start, end));
}
