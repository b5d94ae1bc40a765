import { Readable } from 'node:stream'
import { RandomAccessReader } from 'yauzl'
import { fileTooLarge } from './byte-source.ts'

/**
 * Holds a file as the pieces in which it came: put together it would take its size twice. Each piece owns its memory,
 * so that it can move to a thread.
 *
 * @throws FileProblem `file-too-large`
 */
export async function collectPieces(source: AsyncIterable<Buffer>, limit: number): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > limit) throw fileTooLarge(limit)
    pieces.push(new Uint8Array(chunk))
  }
  return pieces
}

/** Pieces as the one file that they are. */
export class PiecesReader extends RandomAccessReader {
  readonly size: number
  private readonly pieces: readonly Uint8Array[]

  constructor(pieces: readonly Uint8Array[]) {
    super()
    this.pieces = pieces
    this.size = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end), { objectMode: false })
  }

  /** Straight from memory: a directory is read in thousands of steps, and three streams for each take seconds. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    let copied = 0
    for (const part of this.range(position, position + length)) {
      buffer.set(part, offset + copied)
      copied += part.byteLength
    }
    setImmediate(callback, copied < length ? new Error('unexpected EOF') : null)
  }

  private *range(start: number, end: number): Generator<Uint8Array> {
    let from = 0
    for (const piece of this.pieces) {
      const to = from + piece.byteLength
      if (to > start && from < end) yield piece.subarray(Math.max(0, start - from), end - from)
      if (to >= end) return
      from = to
    }
  }
}
