/** Bytes of one piece: what has not been filled yet is the only waste. */
const PIECE_BYTES = 1024 * 1024
const PIECE_ENDS = 64 * 1024

/** Characters up to which a text is copied one by one. */
const SHORT = 64

/**
 * Texts by number, kept as UTF-8 outside of the heap: two million short strings would fill it with 100 bytes each, here
 * they take their own bytes and four more. Grows by pieces, because copying to a larger buffer takes both at once.
 */
export class TextStore {
  /** Texts that were added. */
  count = 0
  /** Bytes that they take. */
  bytes = 0
  private readonly pieces: Buffer[] = []
  private readonly ends: Uint32Array[] = []

  /** @param text without halves of surrogate pairs, which UTF-8 cannot hold */
  add(text: string): void {
    this.bytes += this.writeShort(text) || this.write(text)
    if (this.count % PIECE_ENDS === 0) this.ends.push(new Uint32Array(PIECE_ENDS))
    const last = this.ends.at(-1)
    if (last) last[this.count % PIECE_ENDS] = this.bytes
    this.count++
  }

  /** Most texts are a few ASCII characters: for them a call of the encoder costs ten times the copy. 0 if it is another. */
  private writeShort(text: string): number {
    const at = this.bytes % PIECE_BYTES
    if (text.length > SHORT || at === 0 || at + text.length > PIECE_BYTES) return 0
    const piece = this.piece(this.bytes)
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code > 0x7f) return 0
      piece[at + index] = code
    }
    return text.length
  }

  private write(text: string): number {
    const start = this.bytes % PIECE_BYTES
    // A character of UTF-16 takes at most three bytes. Written in place, nothing is left to collect.
    if (start > 0 && start + text.length * 3 <= PIECE_BYTES) return this.piece(this.bytes).write(text, start)
    const encoded = Buffer.from(text, 'utf8')
    let end = this.bytes
    for (let from = 0; from < encoded.byteLength; ) {
      const at = end % PIECE_BYTES
      if (at === 0) this.pieces.push(Buffer.allocUnsafeSlow(PIECE_BYTES))
      const copied = encoded.copy(this.piece(end), at, from)
      from += copied
      end += copied
    }
    return encoded.byteLength
  }

  /** @param index of a text that was added, from 0 */
  get(index: number): string {
    const start = this.end(index - 1)
    const end = this.end(index)
    const at = start % PIECE_BYTES
    if (at + end - start <= PIECE_BYTES) return this.piece(start).toString('utf8', at, at + end - start)
    const parts: Buffer[] = []
    for (let from = start; from < end; ) {
      const part = this.piece(from).subarray(from % PIECE_BYTES, (from % PIECE_BYTES) + end - from)
      parts.push(part)
      from += part.byteLength
    }
    return Buffer.concat(parts).toString('utf8')
  }

  private end(index: number): number {
    return this.ends[Math.floor(index / PIECE_ENDS)]?.[index % PIECE_ENDS] ?? 0
  }

  private piece(at: number): Buffer {
    return this.pieces[Math.floor(at / PIECE_BYTES)] ?? NOTHING
  }
}

const NOTHING = Buffer.alloc(0)
