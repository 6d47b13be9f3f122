// Owns putting spans of several buffers together into one of known size. Neighbouring spans of the same buffer are
// copied in one go, so what nobody touched costs one copy whatever its structure.

/** Shorter spans are cheaper byte by byte than through `subarray` and `set`. */
const SHORT_SPAN = 32;

/** Writes spans one behind the other into `size` bytes; `finish` gives them. */
export class ByteWriter {
  readonly #out: Uint8Array;
  #at = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  constructor(size: number) {
    this.#out = new Uint8Array(size);
  }

  /** Appends bytes [start, end). */
  span(bytes: Uint8Array, start: number, end: number): void {
    if (bytes === this.#bytes && start === this.#end) {
      this.#end = end;
    } else if (start < end) {
      this.#flush();
      this.#bytes = bytes;
      this.#start = start;
      this.#end = end;
    }
  }

  /** Appends one byte; free when the buffer being copied goes on with that very byte. */
  byte(byte: number): void {
    if (this.#bytes[this.#end] === byte) {
      this.#end++;
      return;
    }
    this.#flush();
    this.#start = this.#end;
    this.#out[this.#at++] = byte;
  }

  /** All bytes; the size given must have been met exactly. */
  finish(): Uint8Array {
    this.#flush();
    if (this.#at !== this.#out.length) throw new Error("The measured and the written size differ.");
    return this.#out;
  }

  #flush(): void {
    if (this.#end - this.#start < SHORT_SPAN) {
      for (let i = this.#start; i < this.#end; i++) this.#out[this.#at++] = this.#bytes[i] ?? 0;
    } else {
      this.#out.set(this.#bytes.subarray(this.#start, this.#end), this.#at);
      this.#at += this.#end - this.#start;
    }
    this.#start = this.#end;
  }
}
